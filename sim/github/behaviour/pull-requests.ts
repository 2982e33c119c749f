import { commitsBetween, contentsBetween, mergeBase } from '../entities/history.ts';
import { fullName, type PullRequest, type Repository } from '../entities/repository.ts';
import { GitHubError, validationFailed } from '../errors.ts';
import { emitPullRequest, type PullRequestScene, type Scene } from '../webhooks/emit.ts';
import type { World } from '../world.ts';
import { requestCheckSuite } from './check-suites.ts';
import { noteEvent } from './issue-events.ts';
import { addCommit, moveBranch } from './pushes.ts';

export interface NewPullRequest {
  readonly title: string;
  readonly body?: string | undefined;
  readonly base: string;
  readonly head: { readonly repository: Repository; readonly ref: string };
  readonly draft?: boolean;
  /** For stories with known numbers; otherwise the next one. */
  readonly number?: number;
}

function touch(world: World, pullRequest: PullRequest): void {
  pullRequest.updatedAt = world.clock.now();
}

function isOpenTwice(repository: Repository, { head, base }: NewPullRequest): boolean {
  return [...repository.pullRequests.values()].some(
    (other) =>
      other.state === 'open' &&
      other.base.ref === base &&
      other.head.ref === head.ref &&
      other.head.repository === head.repository,
  );
}

function refuseImpossible(repository: Repository, wanted: NewPullRequest): { baseSha: string; headSha: string } {
  const { head, base } = wanted;
  const headSha = head.repository.branches.get(head.ref);
  const baseSha = repository.branches.get(base);
  if (headSha === undefined || baseSha === undefined) {
    throw validationFailed({
      resource: 'PullRequest',
      field: headSha === undefined ? 'head' : 'base',
      code: 'invalid',
    });
  }
  const label = `${head.repository.owner.login}:${head.ref}`;
  if (isOpenTwice(repository, wanted)) {
    throw validationFailed({
      resource: 'PullRequest',
      code: 'custom',
      message: `A pull request already exists for ${label}.`,
    });
  }
  if (commitsBetween(repository, baseSha, headSha).length === 0) {
    throw validationFailed({
      resource: 'PullRequest',
      code: 'custom',
      message: `No commits between ${base} and ${head.ref}`,
    });
  }
  return { baseSha, headSha };
}

function nextNumber(repository: Repository): number {
  return Math.max(0, ...repository.pullRequests.keys()) + 1;
}

export function openPullRequest(world: World, scene: Scene, wanted: NewPullRequest): PullRequest {
  const { repository, actor } = scene;
  const { baseSha, headSha } = refuseImpossible(repository, wanted);
  const now = world.clock.now();
  const pullRequest: PullRequest = {
    id: world.store.nextId(),
    number: wanted.number ?? nextNumber(repository),
    author: actor,
    createdAt: now,
    base: { ref: wanted.base, sha: baseSha },
    head: { ...wanted.head, sha: headSha },
    title: wanted.title,
    body: wanted.body,
    state: 'open',
    draft: wanted.draft ?? false,
    labels: [],
    events: [],
    updatedAt: now,
    closedAt: undefined,
    merge: undefined,
  };
  repository.pullRequests.set(pullRequest.number, pullRequest);
  emitPullRequest(world, { ...scene, pullRequest }, { action: 'opened' });
  // A fork's commit is new to this repository only now.
  requestCheckSuite(world, scene, headSha);
  return pullRequest;
}

/** Closing what is closed changes nothing and tells nobody. */
export function closePullRequest(world: World, scene: PullRequestScene): void {
  const { pullRequest } = scene;
  if (pullRequest.state === 'closed') {
    return;
  }
  pullRequest.state = 'closed';
  pullRequest.closedAt = world.clock.now();
  touch(world, pullRequest);
  noteEvent(world, scene, { event: 'closed' });
  emitPullRequest(world, scene, { action: 'closed' });
}

/** Throws a 422 when it was merged or its branch is gone. The head is the branch's tip of now. */
export function reopenPullRequest(world: World, scene: PullRequestScene): void {
  const { pullRequest } = scene;
  const tip = pullRequest.head.repository.branches.get(pullRequest.head.ref);
  if (pullRequest.state === 'open') {
    return;
  }
  if (pullRequest.merge || tip === undefined) {
    throw validationFailed({
      resource: 'PullRequest',
      field: 'state',
      code: 'invalid',
      message: 'state cannot be changed.',
    });
  }
  pullRequest.state = 'open';
  pullRequest.closedAt = undefined;
  pullRequest.head.sha = tip;
  touch(world, pullRequest);
  noteEvent(world, scene, { event: 'reopened' });
  emitPullRequest(world, scene, { action: 'reopened' });
}

export function editPullRequest(world: World, scene: PullRequestScene, edit: { title?: string; body?: string }): void {
  const { pullRequest } = scene;
  const changes = {
    ...(edit.title !== undefined && edit.title !== pullRequest.title && { title: { from: pullRequest.title } }),
    ...(edit.body !== undefined && edit.body !== pullRequest.body && { body: { from: pullRequest.body ?? '' } }),
  };
  if (Object.keys(changes).length === 0) {
    return;
  }
  pullRequest.title = edit.title ?? pullRequest.title;
  pullRequest.body = edit.body ?? pullRequest.body;
  touch(world, pullRequest);
  emitPullRequest(world, scene, { action: 'edited', changes });
}

export function setDraft(world: World, scene: PullRequestScene, draft: boolean): void {
  if (scene.pullRequest.draft !== draft) {
    scene.pullRequest.draft = draft;
    touch(world, scene.pullRequest);
    emitPullRequest(world, scene, { action: draft ? 'converted_to_draft' : 'ready_for_review' });
  }
}

/** Squashes onto the base branch. Throws a 405 when it is closed or a draft, a 409 when `sha` is no longer the head. */
export function mergePullRequest(
  world: World,
  scene: PullRequestScene,
  { sha }: { sha?: string | undefined } = {},
): string {
  const { pullRequest, repository, actor } = scene;
  if (pullRequest.state === 'closed' || pullRequest.draft) {
    throw new GitHubError(405, 'Pull Request is not mergeable');
  }
  if (sha !== undefined && sha !== pullRequest.head.sha) {
    throw new GitHubError(409, 'Head branch was modified. Review and try the merge again.');
  }
  const { base, head } = pullRequest;
  const tip = repository.branches.get(base.ref) ?? base.sha;
  const from = mergeBase(repository, tip, head.sha)?.sha ?? '';
  const message = `${pullRequest.title} (#${pullRequest.number})`;
  const commit = addCommit(world, scene, {
    message,
    files: contentsBetween(repository, from, head.sha),
    parents: [tip],
  });
  const now = world.clock.now();
  Object.assign(pullRequest, {
    state: 'closed',
    closedAt: now,
    updatedAt: now,
    merge: { at: now, by: actor, sha: commit.sha },
  });
  noteEvent(world, scene, { event: 'merged' });
  noteEvent(world, scene, { event: 'closed' });
  moveBranch(world, scene, { ref: base.ref, sha: commit.sha });
  emitPullRequest(world, scene, { action: 'closed' });
  return commit.sha;
}

/** As the fork's owner sees it; branches are copied, as GitHub does. */
export function forkOf(world: World, repository: Repository, owner: string): Repository {
  const now = world.clock.now();
  const fork: Repository = {
    ...repository,
    id: world.store.nextId(),
    owner: world.store.account(owner),
    parent: repository,
    createdAt: now,
    pushedAt: now,
    updatedAt: now,
    branches: new Map(repository.branches),
    collaborators: new Map(),
    labels: new Map(),
    pullRequests: new Map(),
    comments: new Map(),
    checkSuites: new Map(),
    checkRuns: new Map(),
    deployments: new Map(),
    environments: new Set(),
    workflows: [],
    workflowRuns: new Map(),
    isArchived: false,
  };
  const known = world.store.repositories.get(fullName(fork));
  if (known) {
    return known;
  }
  world.store.addRepository(fork);
  return fork;
}
