import type { ResourceRecord } from '../store.ts';

/**
 * The keys of a clone's nodes. A clone that takes another's place has keys and names of its own, so that both stand on the
 * books while the one comes and the other goes.
 */
export interface CloneKeys {
  readonly cluster: string;
  readonly instance: string;
  readonly credentials: string;
  /** Of the environment's own user, where it has one. */
  readonly user: string;
  /** What its names have behind the environment's; undefined for the first, which has nothing. */
  readonly part: string | undefined;
}

/** `resets`: how many clones it had before. */
export function cloneKeys(resets: number): CloneKeys {
  const part = resets === 0 ? undefined : String(resets + 1);
  const numbered = (key: string): string => (part === undefined ? key : `${key}/${part}`);
  return {
    cluster: numbered('clone-cluster'),
    instance: numbered('clone-instance'),
    credentials: numbered('database-credentials'),
    user: numbered('database-user'),
    part,
  };
}

/** How many clones there were before the newest that stands on the books, and is not on its way out; undefined when none does. */
export function resetsOnBooks(rows: readonly ResourceRecord[]): number | undefined {
  const there = rows
    .filter(({ kind, state }) => kind === 'clone-cluster' && state !== 'gone' && state !== 'releasing')
    .map(({ key }) => Number(/\/(\d+)$/.exec(key)?.[1] ?? 1) - 1);
  return there.length === 0 ? undefined : Math.max(...there);
}
