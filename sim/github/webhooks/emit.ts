import type { Account } from '../entities/account.ts';
import type { PullRequest, Repository } from '../entities/repository.ts';
import type { JsonObject } from '../json.ts';
import { accountJson } from '../wire/account.ts';
import { pullRequestJson } from '../wire/pull-request.ts';
import { repositoryEnvelope } from '../wire/repository.ts';
import type { World } from '../world.ts';

/** Where something happened and who did it. */
export interface Scene {
  readonly repository: Repository;
  readonly actor: Account;
}

export type PullRequestScene = Scene & { readonly pullRequest: PullRequest };

/** The parts every repository event has around its own. */
export function emitRepositoryEvent(
  world: World,
  { repository, actor }: Scene,
  event: { name: string; payload: JsonObject },
): void {
  const payload = { ...repositoryEnvelope(world, repository), sender: accountJson(world, actor), ...event.payload };
  world.emit({ name: event.name, sender: actor, repository, payload });
}

export function emitPullRequest(
  world: World,
  scene: PullRequestScene,
  { action, ...more }: { action: string; [field: string]: unknown },
): void {
  const { pullRequest, repository } = scene;
  const payload = {
    action,
    number: pullRequest.number,
    pull_request: pullRequestJson(world, repository, pullRequest),
    ...more,
  };
  emitRepositoryEvent(world, scene, { name: 'pull_request', payload });
}
