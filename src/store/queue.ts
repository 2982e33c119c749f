import type { Clock } from '../reconcile/clock.ts';
import type { WorkHandlers, WorkQueue } from '../reconcile/queue.ts';
import { createAlarms } from './alarms.ts';
import { type Crews, startCrews } from './crews.ts';
import { enqueueEnvironmentNow } from './enqueue.ts';
import { createKeyedTurns } from './keyed-turns.ts';
import { type StoreLog, silentLog } from './log.ts';
import type { Database } from './open.ts';
import { enqueueLiveEnvironments, enqueueWaitingInboxes, startTicking } from './tick.ts';
import type { WorkPorts } from './work-ports.ts';

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
  const turns = createKeyedTurns();
  const stopping = new AbortController();
  const crews: Crews = {};
  const alarms = {
    environment: createAlarms(() => crews.environment?.wake()),
    inbox: createAlarms(() => crews.inbox?.wake()),
    reply: createAlarms(() => crews.reply?.wake()),
    tick: createAlarms(() => crews.tick?.wake()),
  };
  const ports: WorkPorts = { database, clock, log, alarms, stopping: stopping.signal };
  let stopped: Promise<void> | undefined;

  async function start(handlers: WorkHandlers): Promise<void> {
    await startCrews(crews, { workers, ports, handlers, turns });
    await enqueueLiveEnvironments(ports);
    await enqueueWaitingInboxes(ports);
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
