import { numberSql } from '../digest.ts';
import { quoteText } from '../sql-text.ts';
import { type Fake, needs } from './fake-sql.ts';

/** Fewer than that, and everybody has the same name. */
export const FEWEST_ENTRIES = 50;

export function fromList(entries: readonly string[], room: number): Fake {
  const fitting = fit(entries, room);
  return fitting.length < FEWEST_ENTRIES
    ? needs(lengthOf(entries, FEWEST_ENTRIES))
    : { ...noLonger(fitting), wide: (digest) => oneOf(fitting, numberSql(digest, fitting.length)) };
}

/**
 * Of the entries that are no longer than the value, or of the shortest fifty: rows that grow make the server split full
 * pages, and that costs more than all masks of a row.
 */
export function noLonger(entries: readonly string[]): Exclude<Fake, string> {
  const sorted = entries.toSorted((a, b) => a.length - b.length);
  const longest = sorted.at(-1)?.length ?? 0;
  const cases = Array.from({ length: longest }, (_, nth) => [nth + 1, fit(sorted, nth + 1).length] as const)
    .filter(([, count]) => count > FEWEST_ENTRIES)
    .map(([length, count]) => `WHEN ${length} THEN ${count}`);
  return {
    most: sorted.length,
    longest,
    sql(digest, length) {
      const count = `CASE LEAST(${length},${longest}) ${cases.join(' ')} ELSE ${FEWEST_ENTRIES} END`;
      return oneOf(sorted, numberSql(digest, `(${count})`));
    },
  };
}

export function fit(entries: readonly string[], room: number): readonly string[] {
  return entries.filter(({ length }) => length <= room);
}

/** How long the nth shortest entry is. */
export function lengthOf(entries: readonly string[], nth: number): number {
  return entries.map(({ length }) => length).sort((a, b) => a - b)[nth - 1] ?? 0;
}

export function oneOf(entries: readonly string[], number: string): string {
  return `ELT(1+${number},${entries.map(quoteText).join(',')})`;
}
