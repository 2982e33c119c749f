import { createPlanner } from '../../src/reconcile/plan/create-planner.ts';
import type { Plan } from '../../src/reconcile/plan/plan.ts';
import type { EnvironmentRecord, ResourceRecord } from '../../src/reconcile/store.ts';
import type { LocalCloud } from '../local/local-cloud.ts';
import { type CriticalPath, criticalPath } from './critical-path.ts';
import type { ForeignWaits } from './foreign-waits.ts';
import { leftoversOf } from './leftovers.ts';
import type { Progress } from './progress.ts';
import type { Transitions } from './transitions.ts';
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
  readonly urls: readonly FetchedUrl[];
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
  /** How the account is watched: from inside, or another AWS from outside. */
  readonly observer: { readonly transitions: Transitions } | { readonly foreign: ForeignWaits };
}

/** Label, push, extend, close: what a pull request lives through, done by people on the local GitHub and seen from outside. */
export async function tellStory(telling: Telling): Promise<Story> {
  const { cloud, number, progress } = telling;
  const { github, clock, seed, label, aws } = cloud;
  const at = { repository: seed.repository, number, actor: seed.people.developer };
  const callsBefore = aws?.requestLog.count() ?? 0;

  progress.say(`${at.actor} labels #${number} \`${label}\``);
  const labelledAt = clock.now();
  github.actions.label({ ...at, label });
  const ready = await serving(telling, headOf(telling), 'the environment');
  const readyAt = ready.record.servedAt ?? clock.now();
  const awsCallsToReady = aws && aws.requestLog.count() - callsBefore;
  const plan = planOf(cloud, ready.record);
  const path = pathOf(telling, plan);
  const urls = await fetchUrls(cloud, plan, ready);
  progress.say(`ready after ${seconds(labelledAt, readyAt)} ${aws ? 'simulated ' : ''}seconds`);

  progress.say(`${at.actor} pushes a commit`);
  hasten(cloud, PUSH_SPEED);
  const pushedAt = clock.now();
  const { ref } = github.store.repository(at.repository).pullRequests.get(number)?.head ?? { ref: '' };
  const { sha } = github.actions.push({
    ...at,
    ref,
    message: 'fix: review',
    files: { 'lib/olcs-common/src/Common/Review.php': `reviewed ${pushedAt.toISOString()}\n` },
  });
  const pushed = await serving(telling, sha, 'the new commit');
  const urlsAfterPush = await fetchUrls(cloud, plan, pushed);

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
    urls,
    urlsAfterPush,
    extendedTo,
    leftovers: await leftoversOf(gone.record.identity.name, cloud),
    receipt: receiptOf(gone.rows),
    rowsWhenReady: ready.rows,
    labelledAt,
    readyAt,
  };
}

function pathOf({ cloud: { aws }, observer }: Telling, { nodes }: Plan): CriticalPath {
  if ('foreign' in observer) {
    return observer.foreign.longest();
  }
  return aws ? criticalPath(nodes, { world: aws.world, transitions: observer.transitions }) : { seconds: 0, keys: [] };
}

/** Another AWS keeps the wall's time. */
function hasten({ aws, clock }: LocalCloud, speed: number): void {
  if (aws) {
    clock.setSpeed(Math.max(speed, clock.speed));
  }
}

function headOf({ cloud, number }: Telling): string {
  return cloud.github.store.repository(cloud.seed.repository).pullRequests.get(number)?.head.sha ?? '';
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
  { cloud, number, progress }: Telling,
  goal: { what: string; limitSeconds: number; isThere(seen: Seen): boolean },
): Promise<Seen> {
  return await until(cloud, { ...goal, pullRequest: number, repository: cloud.seed.repository }, ({ record, rows }) => {
    progress.show(rows, record.resolution ? planOf(cloud, record).nodes : []);
  });
}

function planOf({ platform }: LocalCloud, record: EnvironmentRecord): Plan {
  const planner = createPlanner({ platform, blueprintPath: '.github/ephemeral.yml' });
  const planning = record.resolution && planner.plan(record, record.resolution);
  if (!planning?.ok) {
    throw new Error(`the blueprint amounts to nothing: ${planning?.problems.join('; ') ?? 'it was not read'}`);
  }
  return planning.plan;
}

function receiptOf(rows: readonly ResourceRecord[]): Story['receipt'] {
  return rows
    .filter(({ kind }) => !['image', 'rollout', 'target-health', 'smoke', 'resource-tags'].includes(kind))
    .map(({ key, name, goneAt }) => ({ key, name, goneAt: goneAt?.toISOString() ?? null }));
}

function seconds(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 100) / 10;
}
