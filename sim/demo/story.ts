import type { EnvironmentRecord, ResourceRecord } from '../../src/reconcile/store.ts';
import type { LocalCloud } from '../local/local-cloud.ts';
import type { CriticalPath } from './critical-path.ts';
import { leftoversOf } from './leftovers.ts';
import type { Observer } from './observer.ts';
import type { Plans } from './plans.ts';
import type { Progress } from './progress.ts';
import { type FetchedUrl, fetchUrls } from './urls.ts';
import { type Seen, until } from './watching.ts';

const COMING_UP_LIMIT_SECONDS = 1800;
const GOING_LIMIT_SECONDS = 3600;
/** What follows is told faster: only the way up is held against AWS's own times. */
const PUSH_SPEED = 40;
const GOING_SPEED = 80;
const EXTENSION = '3d';

export interface Story {
  readonly labelToReadySeconds: number;
  readonly pushToReadySeconds: number;
  readonly closeToGoneSeconds: number;
  readonly criticalPath: CriticalPath;
  readonly awsCallsToReady: number | undefined;
  /** The pull request's head when it was labelled. */
  readonly headSha: string;
  readonly urls: readonly FetchedUrl[];
  readonly headShaAfterPush: string;
  readonly urlsAfterPush: readonly FetchedUrl[];
  readonly extendedTo: Date;
  readonly leftovers: readonly string[];
  readonly receipt: readonly { readonly key: string; readonly name: string; readonly goneAt: string | null }[];
  readonly rowsWhenReady: readonly ResourceRecord[];
  readonly labelledAt: Date;
  readonly readyAt: Date;
}

export interface Telling {
  readonly cloud: LocalCloud;
  readonly number: number;
  readonly progress: Progress;
  readonly plans: Plans;
  readonly observer: Observer;
}

/** Label, push, extend, close: what a pull request lives through, done by people on the local GitHub and seen from outside. */
export async function tellStory(telling: Telling): Promise<Story> {
  const { cloud, number, progress, plans, observer } = telling;
  const { github, clock, seed, label, aws } = cloud;
  const at = { repository: seed.repository, number, actor: seed.people.developer };
  const callsBefore = aws?.requestLog.count() ?? 0;

  progress.say(`${at.actor} labels #${number} \`${label}\``);
  const labelledAt = clock.now();
  github.actions.label({ ...at, label });
  const headSha = headOf(telling).sha;
  const ready = await serving(telling, headSha, 'the environment');
  const readyAt = ready.record.servedAt ?? clock.now();
  const awsCallsToReady = aws && aws.requestLog.count() - callsBefore;
  const plan = plans.of(ready.record);
  const path = observer.path(plan.nodes);
  observer.stop();
  const urls = await fetchUrls(cloud, { plan, rows: ready.rows, headSha });
  progress.say(`ready after ${seconds(labelledAt, readyAt)} ${aws ? 'simulated ' : ''}seconds`);

  progress.say(`${at.actor} pushes a commit`);
  hasten(cloud, PUSH_SPEED);
  const pushedAt = clock.now();
  const { ref } = headOf(telling);
  const { sha } = github.actions.push({
    ...at,
    ref,
    message: 'fix: review',
    files: { 'lib/olcs-common/src/Common/Review.php': `reviewed ${pushedAt.toISOString()}\n` },
  });
  const pushed = await serving(telling, sha, 'the new commit');
  const urlsAfterPush = await fetchUrls(cloud, { plan, rows: pushed.rows, headSha: sha });

  progress.say(`${at.actor} comments \`/ephemeral extend ${EXTENSION}\``);
  const extendedTo = await extended(telling, pushed.record);

  progress.say(`${at.actor} closes the pull request`);
  hasten(cloud, GOING_SPEED);
  const closedAt = clock.now();
  github.actions.close(at);
  const gone = await watch(telling, {
    what: 'the end',
    limitSeconds: GOING_LIMIT_SECONDS,
    isThere: ({ record }) => record.goneAt !== null,
  });
  await github.settled();
  return {
    labelToReadySeconds: seconds(labelledAt, readyAt),
    pushToReadySeconds: seconds(pushedAt, pushed.record.servedAt ?? clock.now()),
    closeToGoneSeconds: seconds(closedAt, gone.record.goneAt ?? clock.now()),
    criticalPath: path,
    awsCallsToReady,
    headSha,
    urls,
    headShaAfterPush: sha,
    urlsAfterPush,
    extendedTo,
    leftovers: await leftoversOf(gone.record.identity.name, cloud),
    receipt: receiptOf(gone.rows),
    rowsWhenReady: ready.rows,
    labelledAt,
    readyAt,
  };
}

/** Another AWS keeps the wall's time. */
function hasten({ aws, clock }: LocalCloud, speed: number): void {
  if (aws) {
    clock.setSpeed(Math.max(speed, clock.speed));
  }
}

/** As GitHub has it. Throws when there is no such pull request. */
function headOf({ cloud: { github, seed }, number }: Telling): { sha: string; ref: string } {
  const pullRequest = github.store.repository(seed.repository).pullRequests.get(number);
  if (!pullRequest) {
    throw new Error(`${seed.repository} has no pull request #${number}`);
  }
  return pullRequest.head;
}

async function serving(telling: Telling, sha: string, what: string): Promise<Seen> {
  return await watch(telling, {
    what,
    limitSeconds: COMING_UP_LIMIT_SECONDS,
    isThere: ({ record }) => record.servedSha === sha,
  });
}

async function extended(telling: Telling, before: EnvironmentRecord): Promise<Date> {
  const { cloud, number } = telling;
  const { repository, people } = cloud.seed;
  cloud.github.actions.comment({ repository, number, actor: people.developer, body: `/ephemeral extend ${EXTENSION}` });
  const isThere = ({ record }: Seen): boolean => record.intent.expiresAt > before.intent.expiresAt;
  const seen = await watch(telling, { what: 'the extension', limitSeconds: COMING_UP_LIMIT_SECONDS, isThere });
  return seen.record.intent.expiresAt;
}

async function watch(
  { cloud, number, progress, plans }: Telling,
  goal: { what: string; limitSeconds: number; isThere(seen: Seen): boolean },
): Promise<Seen> {
  return await until(cloud, { ...goal, pullRequest: number, repository: cloud.seed.repository }, ({ record, rows }) => {
    progress.show(rows, record.resolution ? plans.of(record).nodes : []);
  });
}

function receiptOf(rows: readonly ResourceRecord[]): Story['receipt'] {
  return rows
    .filter(({ kind }) => !['image', 'rollout', 'target-health', 'smoke', 'resource-tags'].includes(kind))
    .map(({ key, name, goneAt }) => ({ key, name, goneAt: goneAt?.toISOString() ?? null }));
}

function seconds(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 100) / 10;
}
