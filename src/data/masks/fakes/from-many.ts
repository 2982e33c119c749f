import { numberSql } from '../digest.ts';
import type { Fake } from './fake-sql.ts';
import { oneOf } from './from-list.ts';

const MANY = 1500;

export function fromMany(entry: (nth: number) => string): Exclude<Fake, string> {
  const entries = many(entry);
  return {
    most: entries.length,
    longest: Math.max(...entries.map(({ length }) => length)),
    sql: (digest) => oneOf(entries, numberSql(digest, entries.length)),
  };
}

/** As many as an application needs to look alive; all different. */
export function many(entry: (nth: number) => string): readonly string[] {
  return [...new Set(Array.from({ length: MANY }, (_, nth) => entry(nth)))];
}

/** The nth of a list that begins again at its end. */
export function at(entries: readonly string[], nth: number): string {
  return entries[nth % entries.length] ?? '';
}
