import { STATEMENTS, type StatementNumber } from './statements.ts';

/** Something that is untrue of the world. */
export interface Violation {
  readonly statement: StatementNumber;
  readonly name: string;
  /** A pull request's environment, or the thing itself: `pr-7`. */
  readonly subject: string;
  /** A sentence that says what stands, and what should. */
  readonly says: string;
}

export function violation(statement: StatementNumber, subject: string, says: string): Violation {
  return { statement, name: STATEMENTS[statement], subject, says };
}

/** `[11] the quota is held: pr-7: …`. */
export function violationLine({ statement, name, subject, says }: Violation): string {
  return `[${statement}] ${name}: ${subject}: ${says}`;
}
