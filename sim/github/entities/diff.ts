import { blobSha, type Tree } from './commit.ts';

export interface ChangedFile {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'removed';
  readonly additions: number;
  readonly deletions: number;
  readonly sha: string;
  readonly patch: string;
}

function linesOf(content: string): string[] {
  const lines = content.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Lines of `one` that `other` does not have, each counted as often as it is missing. */
function linesOnlyIn(one: string, other: string): string[] {
  const remaining = new Map<string, number>();
  for (const line of linesOf(other)) {
    remaining.set(line, (remaining.get(line) ?? 0) + 1);
  }
  return linesOf(one).filter((line) => {
    const count = remaining.get(line) ?? 0;
    remaining.set(line, count - 1);
    return count <= 0;
  });
}

function statusOf(before: string | undefined, after: string | undefined): ChangedFile['status'] {
  if (before === undefined) {
    return 'added';
  }
  return after === undefined ? 'removed' : 'modified';
}

function changeOf(path: string, before: string | undefined, after: string | undefined): ChangedFile {
  const removed = linesOnlyIn(before ?? '', after ?? '');
  const added = linesOnlyIn(after ?? '', before ?? '');
  const hunk = `@@ -${before === undefined ? 0 : 1},${removed.length} +${after === undefined ? 0 : 1},${added.length} @@`;
  return {
    path,
    status: statusOf(before, after),
    additions: added.length,
    deletions: removed.length,
    sha: blobSha(after ?? before ?? ''),
    patch: [hunk, ...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)].join('\n'),
  };
}

/** What changed between two trees, by path. Renames show as a removal and an addition. */
export function diffTrees(before: Tree, after: Tree): ChangedFile[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths]
    .filter((path) => before.get(path) !== after.get(path))
    .toSorted()
    .map((path) => changeOf(path, before.get(path), after.get(path)));
}
