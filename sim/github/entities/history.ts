import type { Commit, Tree } from './commit.ts';
import { type ChangedFile, diffTrees } from './diff.ts';
import type { Repository } from './repository.ts';

const emptyTree: Tree = new Map();
const changesOfCommit = new WeakMap<Commit, ChangedFile[]>();

/** What the commit changed against its first parent. */
export function changedFiles(repository: Repository, commit: Commit): ChangedFile[] {
  const known = changesOfCommit.get(commit);
  if (known) {
    return known;
  }
  const parent = repository.commits.get(commit.parents[0] ?? '');
  const changes = diffTrees(parent?.tree ?? emptyTree, commit.tree);
  changesOfCommit.set(commit, changes);
  return changes;
}

/** The commit and all its ancestors, breadth first: a child always before its first parent. */
export function ancestry(repository: Repository, sha: string): Commit[] {
  const seen = new Set<string>();
  const queue = [sha];
  const commits: Commit[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const commit = seen.has(next) ? undefined : repository.commits.get(next);
    seen.add(next);
    if (commit) {
      commits.push(commit);
      queue.push(...commit.parents);
    }
  }
  return commits;
}

export function mergeBase(repository: Repository, base: string, head: string): Commit | undefined {
  const onBase = new Set(ancestry(repository, base).map((commit) => commit.sha));
  return ancestry(repository, head).find((commit) => onBase.has(commit.sha));
}

/** Commits on `head` that `base` lacks, oldest first, as GitHub lists them. */
export function commitsBetween(repository: Repository, base: string, head: string): Commit[] {
  const onBase = new Set(ancestry(repository, base).map((commit) => commit.sha));
  return ancestry(repository, head)
    .filter((commit) => !onBase.has(commit.sha))
    .toReversed();
}

const comparisons = new WeakMap<Commit, Map<string, ChangedFile[]>>();

/** What a pull request from `head` into `base` shows: the change since they parted. Kept, as commits never change. */
export function changesBetween(repository: Repository, base: string, head: string): ChangedFile[] {
  const commit = repository.commits.get(head);
  if (!commit) {
    return [];
  }
  const known = comparisons.get(commit) ?? new Map<string, ChangedFile[]>();
  comparisons.set(commit, known);
  const changes = known.get(base) ?? diffTrees(mergeBase(repository, base, head)?.tree ?? emptyTree, commit.tree);
  known.set(base, changes);
  return changes;
}

/** The commit a branch name, `refs/heads/…`, `heads/…`, or a SHA of at least 7 digits stands for. */
export function resolveRef(repository: Repository, ref: string): Commit | undefined {
  const branch = ref.replace(/^(refs\/)?heads\//, '');
  const sha = repository.branches.get(branch) ?? repository.branches.get(ref) ?? ref;
  const exact = repository.commits.get(sha);
  if (exact || !/^[0-9a-f]{7,39}$/.test(ref)) {
    return exact;
  }
  return [...repository.commits.values()].find((commit) => commit.sha.startsWith(ref));
}

/** The change from one commit to another as contents: undefined for a removed file. */
export function contentsBetween(
  repository: Repository,
  from: string,
  to: string,
): { [path: string]: string | undefined } {
  const tree = repository.commits.get(to)?.tree ?? emptyTree;
  const before = repository.commits.get(from)?.tree ?? emptyTree;
  return Object.fromEntries(diffTrees(before, tree).map(({ path }) => [path, tree.get(path)]));
}
