import { createLogParts } from './log-parts.ts';
import type { SignedPassport } from './passport.ts';

const PARTS = createLogParts('mayfly-passport');

/**
 * A passport as lines of a log, which is where the task that masks leaves it: whoever masks may write its log anyway, and
 * who starts it may read that. Nothing in between need be trusted: it is signed.
 */
export function passportLines(signed: SignedPassport): string[] {
  return PARTS.lines(signed);
}

/** The last whole passport that stands in a log's lines, whatever stands between them; undefined when there is none. */
export function passportIn(lines: readonly string[]): SignedPassport | undefined {
  return PARTS.lastIn(lines);
}

export function isPassportLine(line: string): boolean {
  return PARTS.isLine(line);
}
