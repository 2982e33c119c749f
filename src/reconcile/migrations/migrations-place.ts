import type { MigrationToolName } from '../../domain/migrations/tools.ts';

/** Where a blueprint has its migrations. */
export interface MigrationsPlace {
  readonly tool: MigrationToolName;
  /** The folder, or the root changelog. */
  readonly path: string;
  /** The folder from which a changelog's names are counted; null where the blueprint does not say. */
  readonly searchPath: string | null;
  /** Lower case; empty where all is run. */
  readonly contexts: readonly string[];
  /** Null where they are in the pull request's own repository, at its head. */
  readonly elsewhere: { readonly repository: string; readonly ref: string } | null;
}
