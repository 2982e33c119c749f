import type { IncludeAllEntry } from './changelog.ts';
import { isChangelog } from './changelog-format.ts';
import { folderOf, foldersAbove, pathFrom } from './changelog-path.ts';

/** Where an include stands, and from where its path is counted. */
interface Stand {
  /** The file that says so. */
  readonly from: string;
  readonly relative: boolean;
}

/** What an include leads to, among the files of a repository. */
export interface ChangelogLookup {
  /** Undefined where there is none. */
  file(path: string, stand: Stand): string | undefined;
  /** All changelogs in a folder, in the order of their paths; empty where there is none. */
  filesBelow(path: string, stand: Stand, limits: Pick<IncludeAllEntry, 'minDepth' | 'maxDepth' | 'endsWith'>): string[];
  /** What Liquibase calls a file of the repository. */
  nameOf(path: string): string;
}

/**
 * `searchPath` null: each folder above the root changelog is tried, the root of the repository first, and names are counted
 * from there. `paths` are sorted.
 */
export function createChangelogLookup(
  paths: readonly string[],
  { path: root, searchPath }: { path: string; searchPath: string | null },
): ChangelogLookup {
  const there = new Set(paths);
  const bases = searchPath === null ? foldersAbove(folderOf(root)) : [searchPath];
  const start = startOf(searchPath ?? '');

  function candidates(path: string, { from, relative }: Stand): string[] {
    return (relative ? [folderOf(from)] : bases)
      .map((base) => pathFrom(base, path))
      .filter((candidate) => candidate !== undefined);
  }

  return {
    file: (path, stand) => candidates(path, stand).find((candidate) => there.has(candidate)),
    filesBelow(path, stand, { minDepth, maxDepth, endsWith }) {
      const found = candidates(path, stand).map((folder) =>
        paths.filter((file) => {
          const depth = depthBelow(startOf(folder), file);
          return depth >= Math.max(1, minDepth) && depth <= maxDepth && file.endsWith(endsWith) && isChangelog(file);
        }),
      );
      return found.find((files) => files.length > 0) ?? [];
    },
    nameOf: (path) => (path.startsWith(start) ? path.slice(start.length) : path),
  };
}

function startOf(folder: string): string {
  return folder === '' ? '' : `${folder}/`;
}

/** 1 right in the folder, 0 outside. */
function depthBelow(start: string, path: string): number {
  return path.startsWith(start) ? path.slice(start.length).split('/').length : 0;
}
