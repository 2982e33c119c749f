import type { FileNameTool, History } from './tool.ts';

/** How a commit's migrations stand to what a source has. */
export interface Verdict {
  readonly relation: 'same' | 'ahead' | 'behind' | 'diverged';
  /** Of the commit, and not in the source: they are run on the clone. In the order in which they are run. */
  readonly ahead: readonly string[];
  /** In the source, and not in the commit. In order. */
  readonly behind: readonly string[];
  /** Of those ahead, the ones that are older than the newest that the source has, where the tool does not run such by itself. */
  readonly late: readonly string[];
}

/**
 * Compares the ids that a commit has, in their order, with what the source has. Two things are no difference: what was there
 * before the tool began, and what is older than the oldest file, because teams clear old files away once everybody has
 * them.
 */
export function verdictOf(tool: FileNameTool, known: readonly string[], { ids, floor }: History): Verdict {
  const [oldest] = known;
  const isNew = (id: string): boolean => floor === null || tool.compare(id, floor) > 0;
  const ahead = missing(known, ids).filter(isNew);
  const behind = missing(ids, known)
    .filter((id) => isNew(id) && (oldest === undefined || tool.compare(id, oldest) > 0))
    .toSorted((a, b) => tool.compare(a, b));
  const isLate = (id: string): boolean => ids.some((other) => tool.compare(id, other) < 0);
  return {
    relation: relationOf(ahead.length > 0, behind.length > 0),
    ahead,
    behind,
    late: tool.runsLateWith === undefined ? [] : ahead.filter(isLate),
  };
}

/** Whether the source is further than the commit: what `migrations.diverged` is about. */
export function isBehind({ relation }: Verdict): boolean {
  return relation === 'behind' || relation === 'diverged';
}

export function relationOf(isAhead: boolean, isShort: boolean): Verdict['relation'] {
  if (isAhead) {
    return isShort ? 'diverged' : 'ahead';
  }
  return isShort ? 'behind' : 'same';
}

function missing(ids: readonly string[], from: readonly string[]): string[] {
  const there = new Set(from);
  return ids.filter((id) => !there.has(id));
}
