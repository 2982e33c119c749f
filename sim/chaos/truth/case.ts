import type { EnvironmentRecord, ResourceRecord, Store } from '../../../src/reconcile/store.ts';
import type { InventoryItem } from '../../aws/inventory-item.ts';
import type { World } from '../../aws/world.ts';
import type { CheckRun } from '../../github/entities/check-run.ts';
import type { Deployment } from '../../github/entities/deployment.ts';
import type { IssueComment } from '../../github/entities/issue-comment.ts';
import { fullName, type PullRequest, type Repository } from '../../github/entities/repository.ts';
import type { GitHubSimulator } from '../../github/server.ts';
import { type Shape, shapeOf } from './shape.ts';
import { isPartOf, standingIn } from './standing.ts';
import type { Witness } from './witness.ts';

/**
 * Whether a pull request is owed an environment. `either` where nobody outside can know, as when the comment that asked
 * for its end was lost on the way: then all that is asked is that everything agrees with everything.
 */
export type Wanted = 'present' | 'absent' | 'either';

/** The world that is judged, from outside. */
export interface JudgedCloud {
  readonly aws: { readonly world: World };
  readonly github: Pick<GitHubSimulator, 'store' | 'app'>;
  /** `owner/name` */
  readonly repository: string;
  readonly label: string;
  /** What the repository's environments begin with: `pr`. */
  readonly prefix: string;
  /** How many environments may exist at once. */
  readonly slots: number;
  /** Reaches hosts through the load balancer's data plane. */
  readonly fetch: typeof fetch;
  readonly witness: Witness;
  /** Mayfly's own memory, where it can be read: what it says must be true as well. */
  readonly store?: Pick<Store, 'environment' | 'resources' | 'events'>;
  /** All that Mayfly wrote to its log. */
  readonly log?: readonly string[];
  /** What is known of a pull request besides how it stands; unless given, what is open and labelled is wanted. */
  readonly wanted?: (pull: PullRequest) => Wanted;
}

/** One pull request, and all that exists of it anywhere. */
export interface PullCase {
  /** `owner/name#7` */
  readonly id: string;
  readonly number: number;
  /** `pr-7` */
  readonly environment: string;
  readonly pull: PullRequest;
  readonly wanted: Wanted;
  /** What its head asks for; undefined where that is no blueprint. */
  readonly shape: Shape | undefined;
  /** Of its environment, in the account. */
  readonly things: readonly InventoryItem[];
  /** Of ours, with the environment's marker, oldest first. */
  readonly comments: readonly IssueComment[];
  /** Of ours, of any of its commits, the suites' apart. */
  readonly checks: readonly CheckRun[];
  readonly deployments: readonly Deployment[];
  readonly record: EnvironmentRecord | undefined;
  /** Of its present life. */
  readonly rows: readonly ResourceRecord[];
}

export interface Case {
  readonly cloud: JudgedCloud;
  readonly pulls: readonly PullCase[];
  /** Everything in the account. */
  readonly things: readonly InventoryItem[];
}

const COMMENT_MARKER = '<!-- mayfly:environment -->';
const CHECK_NAME = 'ephemeral';

/** Gathers, once, what the checks look at. */
export async function openCase(cloud: JudgedCloud): Promise<Case> {
  const repository = cloud.github.store.repository(cloud.repository);
  const things = standingIn(cloud.aws.world);
  const pulls = await Promise.all(
    [...repository.pullRequests.values()].map(async (pull) => await pullCase(cloud, { repository, pull, things })),
  );
  return { cloud, pulls, things };
}

async function pullCase(
  cloud: JudgedCloud,
  { repository, pull, things }: { repository: Repository; pull: PullRequest; things: readonly InventoryItem[] },
): Promise<PullCase> {
  const { store, prefix } = cloud;
  const { number, head } = pull;
  const id = `${fullName(repository)}#${number}`;
  const environment = `${prefix}-${number}`;
  const record = await store?.environment(id);
  const blueprint = repository.commits.get(head.sha)?.tree.get('.github/ephemeral.yml');
  return {
    id,
    number,
    environment,
    pull,
    wanted: (cloud.wanted ?? openAndLabelled(cloud, repository))(pull),
    shape: shapeOf(blueprint),
    things: things.filter((thing) => isPartOf(thing, environment)),
    comments: [...repository.comments.values()].filter(
      (comment) => comment.number === number && comment.viaApp && comment.body.includes(COMMENT_MARKER),
    ),
    checks: [...repository.checkRuns.values()].filter(
      ({ name, externalId }) => name === CHECK_NAME && externalId === id,
    ),
    deployments: [...repository.deployments.values()].filter(({ task }) => task === `ephemeral:pr-${number}`),
    record,
    rows: store && record ? await store.resources(id, record.life) : [],
  };
}

/** A fork's commits run for nobody. */
function openAndLabelled({ label }: JudgedCloud, repository: Repository): (pull: PullRequest) => Wanted {
  return ({ state, labels, head }) =>
    state === 'open' && labels.includes(label) && head.repository === repository ? 'present' : 'absent';
}

/** Whether anything stands of it. */
export function isUp({ things }: Pick<PullCase, 'things'>): boolean {
  return things.length > 0;
}
