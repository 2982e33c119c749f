import { type Commit, commitSha, type Tree } from '../entities/commit.ts';
import { ancestry, commitsBetween } from '../entities/history.ts';
import { fullName, type Repository } from '../entities/repository.ts';
import { unprocessable } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { emitPullRequest, emitRepositoryEvent, type Scene } from '../webhooks/emit.ts';
import { gitPerson } from '../wire/account.ts';
import { pushedCommitJson } from '../wire/commit.ts';
import { repositoryJson } from '../wire/repository.ts';
import type { World } from '../world.ts';
import { requestCheckSuite } from './check-suites.ts';

/** Path to its new content; undefined removes the file. */
export interface FileChanges {
  readonly [path: string]: string | undefined;
}

export interface NewCommit {
  readonly message: string;
  readonly files: FileChanges;
  readonly parents: readonly string[];
  /** For stories with known SHAs; otherwise the SHA follows from the commit. */
  readonly sha?: string;
}

const noCommit = '0'.repeat(40);
/** GitHub leaves further commits out of the payload. */
const commitsInPayload = 20;

/** Adds a commit that no branch points to yet. */
export function addCommit(
  world: World,
  { repository, actor }: Scene,
  { message, files, parents, sha }: NewCommit,
): Commit {
  const tree = new Map(repository.commits.get(parents[0] ?? '')?.tree);
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) {
      tree.delete(path);
    } else {
      tree.set(path, content);
    }
  }
  const date = world.clock.now();
  const identity = [
    message,
    ...parents,
    ...Object.entries(files).flat(),
    String(repository.commits.size),
    fullName(repository),
  ];
  const commit = {
    sha: sha ?? commitSha(identity.map(String)),
    message,
    author: actor,
    date,
    parents,
    tree: tree as Tree,
  };
  repository.commits.set(commit.sha, commit);
  return commit;
}

/** Pushes carry two of the instants as seconds, and the default branch twice. */
function pushedRepository(world: World, repository: Repository): JsonObject {
  return {
    ...repositoryJson(world, repository),
    created_at: Math.floor(repository.createdAt.getTime() / 1000),
    pushed_at: Math.floor(repository.pushedAt.getTime() / 1000),
    stargazers: 0,
    master_branch: repository.defaultBranch,
  };
}

function emitPush(
  world: World,
  scene: Scene,
  { ref, before, after }: { ref: string; before: string | undefined; after: string | undefined },
): void {
  const { repository, actor } = scene;
  const page = `${world.url}/${fullName(repository)}`;
  const from = before ?? repository.branches.get(repository.defaultBranch) ?? noCommit;
  const commits = after ? commitsBetween(repository, from, after) : [];
  const head = after ? repository.commits.get(after) : undefined;
  const forced =
    before !== undefined && after !== undefined && !ancestry(repository, after).some(({ sha }) => sha === before);
  const payload = {
    ref: `refs/heads/${ref}`,
    before: before ?? noCommit,
    after: after ?? noCommit,
    created: before === undefined,
    deleted: after === undefined,
    forced,
    base_ref: null,
    compare: `${page}/compare/${(before ?? noCommit).slice(0, 12)}...${(after ?? noCommit).slice(0, 12)}`,
    commits: commits.slice(-commitsInPayload).map((commit) => pushedCommitJson(world, repository, commit)),
    head_commit: head ? pushedCommitJson(world, repository, head) : null,
    pusher: gitPerson(actor),
  };
  emitRepositoryEvent(world, scene, {
    name: 'push',
    payload: { ...payload, repository: pushedRepository(world, repository) },
  });
}

function synchronise(
  world: World,
  scene: Scene,
  { ref, before, after }: { ref: string; before: string; after: string },
): void {
  for (const target of world.store.repositories.values()) {
    for (const pullRequest of target.pullRequests.values()) {
      const { head, state } = pullRequest;
      if (state === 'open' && head.repository === scene.repository && head.ref === ref) {
        head.sha = after;
        pullRequest.updatedAt = world.clock.now();
        emitPullRequest(world, { ...scene, repository: target, pullRequest }, { action: 'synchronize', before, after });
      }
    }
  }
}

/**
 * Points a branch at a commit, making the branch if it is new. Moves the head of every open pull request from it. GitHub
 * does not promise the order of the webhooks; here it is push, synchronize, check_suite.
 */
export function moveBranch(world: World, scene: Scene, { ref, sha }: { ref: string; sha: string }): void {
  const { repository } = scene;
  const before = repository.branches.get(ref);
  if (before === sha) {
    return;
  }
  const now = world.clock.now();
  repository.branches.set(ref, sha);
  repository.pushedAt = now;
  repository.updatedAt = now;
  emitPush(world, scene, { ref, before, after: sha });
  if (before !== undefined) {
    synchronise(world, scene, { ref, before, after: sha });
  }
  requestCheckSuite(world, scene, sha);
}

/** Commits onto a branch, making it from the default branch when it is new, and pushes. */
export function pushFiles(
  world: World,
  scene: Scene,
  { ref, message, files, sha }: { ref: string; message: string; files: FileChanges; sha?: string },
): Commit {
  const { repository } = scene;
  const parent = repository.branches.get(ref) ?? repository.branches.get(repository.defaultBranch);
  const parents = parent === undefined ? [] : [parent];
  const commit = addCommit(world, scene, { message, files, parents, ...(sha !== undefined && { sha }) });
  moveBranch(world, scene, { ref, sha: commit.sha });
  return commit;
}

/** Deletes a branch; GitHub closes the open pull requests from it, which the caller does. */
export function deleteBranch(world: World, scene: Scene, ref: string): void {
  const before = scene.repository.branches.get(ref);
  if (before === undefined) {
    throw unprocessable('Reference does not exist');
  }
  scene.repository.branches.delete(ref);
  emitPush(world, scene, { ref, before, after: undefined });
}

/** The tip of a branch, or a 422. */
export function tipOf(repository: Repository, ref: string): string {
  const sha = repository.branches.get(ref);
  if (sha === undefined) {
    throw unprocessable(`No ref found for: ${ref}`);
  }
  return sha;
}
