import type { Clock } from '../reconcile/clock.ts';
import type { WorkHandlers, WorkQueue } from '../reconcile/queue.ts';
import { createAlarms } from './alarms.ts';
import { type Crew, startCrew, type Watch } from './crew.ts';
import { enqueueEnvironmentNow, type StoredReply } from './enqueue.ts';
import { type EnvironmentJob, QUEUES } from './jobs.ts';
import { createKeyedTurns } from './keyed-turns.ts';
import { type StoreLog, silentLog } from './log.ts';
import { look } from './look.ts';
import type { Database } from './open.ts';
import { deliver } from './reply-delivery.ts';
import { enqueueLiveEnvironments, runTick, startTicking, type TickJob } from './tick.ts';
import type { CrewName, WorkPorts } from './work-ports.ts';

const REPLY_WORKERS = 2;
/**
 * A pass takes seconds; one that takes longer than this is told to end. Who runs containers kills them half a minute after
 * SIGTERM (Amazon ECS, `stopTimeout`), and by then the pass has to have handed its environment on.
 */
const GRACE_MS = 20_000;

/**
 * The durable queue on an open database. `workers` is how many environments this process looks at at once, and a hard
 * limit. To enqueue inside a transaction, use the transaction's own `enqueue`; this one throws there.
 */
export function createWorkQueue({
  database,
  clock,
  workers,
  log = silentLog,
  graceMilliseconds = GRACE_MS,
}: {
  database: Database;
  clock: Clock;
  workers: number;
  log?: StoreLog;
  /** Real time that `stop` waits for passes in hand before their signals abort. */
  graceMilliseconds?: number;
}): WorkQueue {
  const { boss } = database;
  const turns = createKeyedTurns();
  const stopping = new AbortController();
  const crews: Partial<Record<CrewName, Crew>> = {};
  const alarms = {
    environment: createAlarms(() => crews.environment?.wake()),
    reply: createAlarms(() => crews.reply?.wake()),
    tick: createAlarms(() => crews.tick?.wake()),
  };
  const ports: WorkPorts = { database, clock, log, alarms, stopping: stopping.signal };
  let stopped: Promise<void> | undefined;

  function watch(seconds: { first: number; others: number }): Watch {
    const inReal = (ofClock: number) => Math.min(ofClock, clock.wallMilliseconds(ofClock) / 1000);
    return { firstSeconds: inReal(seconds.first), othersSeconds: inReal(seconds.others) };
  }

  async function start(handlers: WorkHandlers): Promise<void> {
    crews.environment = await startCrew<EnvironmentJob>({
      boss,
      queue: QUEUES.environment,
      size: workers,
      watch: watch({ first: 5, others: 20 }),
      work: async (job) => await look(job, { ports, handlers, turns }),
    });
    crews.reply = await startCrew<StoredReply>({
      boss,
      queue: QUEUES.reply,
      size: REPLY_WORKERS,
      watch: watch({ first: 10, others: 60 }),
      work: async ({ data }) => await deliver(data, { ports, handlers }),
    });
    crews.tick = await startCrew<TickJob>({
      boss,
      queue: QUEUES.tick,
      size: 1,
      watch: watch({ first: 10, others: 60 }),
      work: async ({ data }) => await runTick(data, { ports, handlers }),
    });
    await enqueueLiveEnvironments(ports);
    await startTicking(ports);
  }

  async function stop(): Promise<void> {
    for (const each of Object.values(alarms)) {
      each.clear();
    }
    const grace = setTimeout(() => stopping.abort(new Error('this process is stopping')), graceMilliseconds);
    try {
      await Promise.all(Object.values(crews).map(async (crew) => await crew.stop()));
      await turns.settled();
    } finally {
      clearTimeout(grace);
    }
    // Work that ended meanwhile may have set new ones.
    for (const each of Object.values(alarms)) {
      each.clear();
    }
  }

  return {
    enqueue: async (environmentId) => await enqueueEnvironmentNow(database, environmentId),
    start,
    stop: async () => await (stopped ??= stop()),
  };
}
