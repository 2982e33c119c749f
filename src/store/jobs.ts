import { type ConstructorOptions, PgBoss, type QueueOptions } from 'pg-boss';
import type { StoreLog } from './log.ts';

export const QUEUES = {
  environment: 'environment',
  deadEnvironment: 'environment-dead',
  inbox: 'inbox',
  reply: 'reply',
  deadReply: 'reply-dead',
  tick: 'tick',
} as const;

export interface EnvironmentJob {
  readonly environmentId: string;
}

const HOUR = 3600;
/** Done jobs are of no use to anybody, and a look every few seconds makes many. */
const KEEP_DONE_SECONDS = 600;

/** Crashes are pg-boss's to notice and repeat; what a handler throws is counted and repeated by the queue itself. */
const WORK: QueueOptions & { notify: boolean } = {
  notify: true,
  // The least there is. A worker that dies is noticed after this and one supervision.
  heartbeatSeconds: 10,
  // A job that outlives it is run twice at once (timgit/pg-boss#581), so it is far above any pass.
  expireInSeconds: 6 * HOUR,
  retryLimit: 20,
  retryDelay: 1,
  deleteAfterSeconds: KEEP_DONE_SECONDS,
};
const LETTERS: QueueOptions = { retentionSeconds: 30 * 24 * HOUR };

/**
 * The job engine on an open database: its tables up to date, its queues made, no worker yet. A queue that must hold one
 * job a key is `stately`: at most one waiting and one running, by a unique index.
 */
export async function startJobs(options: ConstructorOptions, log: StoreLog): Promise<PgBoss> {
  const boss = new PgBoss({
    ...options,
    schedule: false,
    useListenNotify: true,
    // With the defaults of 60 s a dead worker is noticed after 70 s.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    maintenanceIntervalSeconds: 300,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the job queue met an error'));
  boss.on('warning', ({ message, data }) => log.warn(measuresOf(data), message));
  await boss.start();
  await keepQueue(boss, QUEUES.deadEnvironment, { options: LETTERS, stately: true });
  await keepQueue(boss, QUEUES.deadReply, { options: LETTERS, stately: false });
  await keepQueue(boss, QUEUES.environment, {
    options: { ...WORK, deadLetter: QUEUES.deadEnvironment },
    stately: true,
  });
  await keepQueue(boss, QUEUES.inbox, { options: WORK, stately: true });
  await keepQueue(boss, QUEUES.reply, { options: { ...WORK, deadLetter: QUEUES.deadReply }, stately: false });
  await keepQueue(boss, QUEUES.tick, { options: WORK, stately: true });
  return boss;
}

/** Makes the queue, or gives the one that an earlier version made today's options. */
async function keepQueue(
  boss: PgBoss,
  name: string,
  { options, stately }: { options: QueueOptions & { notify?: boolean; deadLetter?: string }; stately: boolean },
): Promise<void> {
  if (await boss.getQueue(name)) {
    await boss.updateQueue(name, options);
    return;
  }
  await boss.createQueue(name, { ...options, policy: stately ? 'stately' : 'standard' });
}

/** How long, how many, and of which queue. A slow query comes with its values, which are what jobs hold: people's words too. */
function measuresOf(data: object): Record<string, number | string> {
  return Object.fromEntries(
    Object.entries(data).filter(
      (entry): entry is [string, number | string] =>
        typeof entry[1] === 'number' || (entry[0] === 'name' && typeof entry[1] === 'string'),
    ),
  );
}
