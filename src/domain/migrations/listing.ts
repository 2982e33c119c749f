import type { ChangeSet } from './change-sets.ts';

/** A commit of a repository that is not the pull request's own. */
export interface Elsewhere {
  readonly repository: string;
  readonly sha: string;
}

/** The migrations of a commit, as they were read of it once. Plain data: it is kept with the commit. */
export type Listing = {
  /** The folder, or the root changelog, that the blueprint named. */
  readonly path: string;
  /** Where they stand; missing where that is the pull request's own commit. */
  readonly elsewhere?: Elsewhere;
} & (
  | {
      /** The files below the folder, from there on; null where there is none. */
      readonly files: readonly string[] | null;
    }
  | {
      /** Those of the changelog, in its order. */
      readonly changeSets: readonly ChangeSet[];
    }
  | {
      /** Why they could not be read, and what to do about it: sentences. */
      readonly problem: string;
      /** When that was found: RFC 3339. What somebody mends elsewhere is seen by reading again. */
      readonly readAt: string;
    }
);
