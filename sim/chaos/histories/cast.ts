import { renderTag } from '../../../src/domain/image-tag.ts';
import type { PullRequest } from '../../github/entities/repository.ts';
import { pushImage } from '../../seed/compute.ts';
import { blueprintOf, type Variant } from './blueprints.ts';
import type { Scene } from './stage.ts';

/** One pull request of a history on the stage. */
export interface Role {
  readonly number: number;
  /** What the people who may have asked for, in the order that they asked; not what of it arrived. */
  asked: boolean;
  /** A webhook of it was lost, late or overtaken: what was said in it may be heard after what was said later. */
  unsure: boolean;
  /** Somebody who may has given a command that says more than the label does. */
  commanded: boolean;
  /** Instants at which somebody who may have asked for more time, or for the environment anew. */
  readonly mayMove: Date[];
  /** Commits of a fork's, or a bot's, that somebody who may has let run. */
  readonly approved: Set<string>;
}

/** The pull requests of one history, by their place in it. */
export type Cast = Map<number, Role>;

let opened = 0;

/** Pushes a branch of its own, or one of the outsider's fork, and opens a pull request from it. */
export async function openPull(
  { cloud }: Scene,
  { blueprint, from }: { blueprint: Variant; from: 'branch' | 'fork' },
): Promise<Role> {
  opened += 1;
  const { actions } = cloud.github;
  const { repository, people } = cloud.seed;
  const head = `history-${opened}`;
  const isFork = from === 'fork';
  const place = { repository, actor: isFork ? people.outsider : people.developer };
  const push = { ...place, ref: head, files: filesOf(blueprint) };
  if (isFork) {
    actions.pushToFork(push);
  } else {
    actions.push(push);
  }
  const title = `feat: ${head}`;
  const { number } = actions.openPullRequest({ ...place, head, title, ...(isFork && { forkOwner: people.outsider }) });
  await buildHead(cloud, number);
  return { number, asked: false, unsure: false, commanded: false, mayMove: [], approved: new Set() };
}

export async function pushTo(
  { cloud }: Scene,
  { number, blueprint, actor }: { number: number; blueprint: Variant | 'same'; actor: string },
): Promise<void> {
  const { head } = pullOf(cloud, number);
  const { repository } = cloud.seed;
  const push = { repository, actor, ref: head.ref, files: filesOf(blueprint) };
  if (head.repository === cloud.github.store.repository(repository)) {
    cloud.github.actions.push(push);
  } else {
    cloud.github.actions.pushToFork({ ...push, actor: cloud.seed.people.outsider });
  }
  await buildHead(cloud, number);
}

export function pullOf({ github, seed }: Scene['cloud'], number: number): PullRequest {
  const found = github.store.repository(seed.repository).pullRequests.get(number);
  if (!found) {
    throw new Error(`there is no pull request ${number}`);
  }
  return found;
}

/** No two pushes are alike, and each changes something that the images are made of. */
function filesOf(blueprint: Variant | 'same'): { [path: string]: string } {
  opened += 1;
  const changed = { 'app/api/changed.php': `change ${opened}\n` };
  return blueprint === 'same' ? changed : { ...changed, '.github/ephemeral.yml': blueprintOf(blueprint) };
}

/** The repository's own workflow builds only what is labelled; here all is built, so that no image is missing for ever. */
async function buildHead(cloud: Scene['cloud'], number: number): Promise<void> {
  const { head } = pullOf(cloud, number);
  const isFork = head.repository !== cloud.github.store.repository(cloud.seed.repository);
  // A fork's branch may be called as one of the repository's own: its images go by the whole commit.
  const template = isFork ? '{sha}' : 'branch-{slug}-{sha10}';
  const tag = renderTag(template, { branch: head.ref, sha: head.sha, number });
  if (tag !== undefined) {
    await pushImage(cloud.clients.ecr, `vol-app/api:${tag}`);
  }
}
