import { collated } from '../schema/collation.ts';
import type { Column } from '../schema/model.ts';
import type { MaskPlace, MaskProblem } from './mask-sql.ts';

/** A value to be masked, which may be a column or something within one. */
export interface Target {
  /** The value, as an expression. */
  readonly value: string;
  /** How messages call it: `person.family_name`. */
  readonly label: string;
  /** What holds it: for a field of a document a column of text as long as can be. */
  readonly column: Column;
  readonly place: MaskPlace;
}

/** A mask as a function of the attempt, which is undefined for the one and only. */
export interface Draft {
  sql(attempt: string | undefined): string;
  readonly isInjective: boolean;
  readonly hasAttempts: boolean;
  /** Within so many characters, or bytes of binary, different ones of all attempts differ. */
  readonly distinctWithin?: number | undefined;
  /** As many different values as all attempts can give, at most; undefined where that depends on the values. */
  readonly mostValues?: number | undefined;
  /** Columns that are read beside the target's own. */
  readonly reads?: readonly string[];
}

export type Drafted = Draft | MaskProblem;

export function problem(target: Target, sentence: string): MaskProblem {
  return { problem: `${target.label} (${target.column.columnType}): ${sentence}` };
}

/** `sql` for a value that has something in it; an empty one stays. NULL is neither, and `sql` has to give NULL for it. */
export function unlessEmpty(target: Target, sql: string): string {
  const { value, column, place } = target;
  const by = place.comparedAs ?? column.collation;
  if (column.kind === 'binary') {
    return `IF(LENGTH(${value})=0,${value},${sql})`;
  }
  if (by === 'binary') {
    return `IF(LENGTH(${value})=0,'',${sql})`;
  }
  const compared = by === undefined || by === column.collation ? value : collated(value, by);
  return `IF(${compared}='','',${sql})`;
}
