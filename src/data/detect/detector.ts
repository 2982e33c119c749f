/** Finds what looks personal in one text. Pure, and cheap enough to be asked of every value of a table. */
export interface Detector {
  /** For people: `payment card`. */
  readonly name: string;
  /** A text with fewer digits is not looked at. */
  readonly digits: number;
  /** A character that has to be there. */
  readonly mark?: string;
  /** Every piece that looks like one, as it is written. */
  find(text: string): readonly string[];
}

/** Whether a piece that a detector found is known to be nobody's, such as what our own fakes look like. */
export type IsSafe = (detector: string, piece: string) => boolean;

/** Nothing that is shorter than this is anybody's. */
export const SHORTEST = 5;

/** All that `pattern` (global) finds in `text` and that `holds` confirms. */
export function matches(text: string, pattern: RegExp, holds: (piece: string) => boolean = () => true): string[] {
  return (text.match(pattern) ?? []).filter(holds);
}

export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}
