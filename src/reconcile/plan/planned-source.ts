import type { Platform } from '../../config/platform.ts';

/** What an environment's database is a clone of. */
export interface PlannedSource {
  /** Of its cluster. */
  readonly identifier: string;
  /** What it holds, for people: a day, or the identifier where nobody knows. */
  readonly version: string;
  /** Whether a good passport proves that it is masked; null for one that Mayfly did not make. */
  readonly passport: boolean | null;
}

/** The one that the platform document names. */
export function namedSource({ database }: Pick<Platform, 'database'>): PlannedSource {
  const { sourceIdentifier: identifier, sourceVersion } = database;
  return { identifier, version: sourceVersion ?? identifier, passport: null };
}
