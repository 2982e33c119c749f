import {
  closePullRequest,
  editPullRequest,
  mergePullRequest,
  openPullRequest,
  reopenPullRequest,
} from '../behaviour/pull-requests.ts';
import { changesBetween, commitsBetween } from '../entities/history.ts';
import { hasRole, type PullRequest, type Repository } from '../entities/repository.ts';
import { roleForbidden, validationFailed } from '../errors.ts';
import {
  type Answer,
  type Call,
  created,
  found,
  list,
  numberParam,
  ok,
  type Routes,
  repositoryOf,
  sceneOf,
} from '../http/call.ts';
import { booleanAt, textAt } from '../json.ts';
import type { PullRequestScene } from '../webhooks/emit.ts';
import { changedFileJson, commitJson } from '../wire/commit.ts';
import { pullRequestJson, simplePullRequestJson } from '../wire/pull-request.ts';
import type { World } from '../world.ts';

export function pullRequestOf(call: Call, name = 'pull_number'): PullRequest {
  return found(repositoryOf(call).pullRequests.get(numberParam(call, name)));
}

export function pullRequestSceneOf(call: Call, name = 'pull_number'): PullRequestScene {
  return { ...sceneOf(call), pullRequest: pullRequestOf(call, name) };
}

/** `branch`, or `owner:branch` for a fork. */
function headOf(world: World, repository: Repository, head: string): { repository: Repository; ref: string } {
  const [owner, ref] = head.includes(':') ? head.split(':', 2) : [repository.owner.login, head];
  const from = world.store.repositories.get(`${owner ?? ''}/${repository.name}`);
  if (!from) {
    throw validationFailed({ resource: 'PullRequest', field: 'head', code: 'invalid' });
  }
  return { repository: from, ref: ref ?? '' };
}

function create(world: World, call: Call): Answer {
  const scene = sceneOf(call);
  const head = headOf(world, scene.repository, textAt(call.body, 'head') ?? '');
  if (call.caller.kind === 'user' && !hasRole(head.repository, scene.actor.login, 'write')) {
    throw roleForbidden();
  }
  const title = textAt(call.body, 'title');
  if (!title) {
    throw validationFailed({ resource: 'PullRequest', field: 'title', code: 'missing_field' });
  }
  const pullRequest = openPullRequest(world, scene, {
    title,
    body: textAt(call.body, 'body'),
    base: textAt(call.body, 'base') ?? '',
    head,
    draft: booleanAt(call.body, 'draft') ?? false,
  });
  return created(pullRequestJson(world, scene.repository, pullRequest));
}

function matches({ head, base, state }: PullRequest, query: URLSearchParams): boolean {
  const wanted = query.get('state') ?? 'open';
  const label = `${head.repository.owner.login}:${head.ref}`;
  return (
    (wanted === 'all' || wanted === state) &&
    (query.get('head') ?? label) === label &&
    (query.get('base') ?? base.ref) === base.ref
  );
}

function listPulls(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const byUpdate = call.query.get('sort') === 'updated';
  const keyOf = (pullRequest: PullRequest): number => (byUpdate ? pullRequest.updatedAt.getTime() : pullRequest.number);
  const oldestFirst = [...repository.pullRequests.values()]
    .filter((pullRequest) => matches(pullRequest, call.query))
    .toSorted((a, b) => keyOf(a) - keyOf(b));
  const direction = call.query.get('direction') ?? 'desc';
  const ordered = direction === 'asc' ? oldestFirst : oldestFirst.toReversed();
  return list(ordered.map((pullRequest) => simplePullRequestJson(world, repository, pullRequest)));
}

function update(world: World, call: Call): Answer {
  const scene = pullRequestSceneOf(call);
  const { repository, pullRequest, actor } = scene;
  if (call.caller.kind === 'user' && actor !== pullRequest.author && !hasRole(repository, actor.login, 'triage')) {
    throw roleForbidden();
  }
  const [title, body, state] = ['title', 'body', 'state'].map((key) => textAt(call.body, key));
  editPullRequest(world, scene, { ...(title !== undefined && { title }), ...(body !== undefined && { body }) });
  if (state === 'closed') {
    closePullRequest(world, scene);
  } else if (state === 'open') {
    reopenPullRequest(world, scene);
  }
  return ok(pullRequestJson(world, repository, pullRequest));
}

/** GitHub lists at most 3000 files. */
function listFiles(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const { base, head } = pullRequestOf(call);
  const files = changesBetween(repository, base.sha, head.sha).slice(0, 3000);
  return list(files.map((file) => changedFileJson(world, { repository, sha: head.sha, file })));
}

function listCommits(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const { base, head } = pullRequestOf(call);
  return list(commitsBetween(repository, base.sha, head.sha).map((commit) => commitJson(world, repository, commit)));
}

export function createPullRoutes(world: World): Routes {
  return {
    'pulls/create': (call) => create(world, call),
    'pulls/get': (call) => ok(pullRequestJson(world, repositoryOf(call), pullRequestOf(call))),
    'pulls/list': (call) => listPulls(world, call),
    'pulls/list-files': (call) => listFiles(world, call),
    'pulls/list-commits': (call) => listCommits(world, call),
    'pulls/update': (call) => update(world, call),
    'pulls/merge': (call) => {
      const sha = mergePullRequest(world, pullRequestSceneOf(call), { sha: textAt(call.body, 'sha') });
      return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
    },
  };
}
