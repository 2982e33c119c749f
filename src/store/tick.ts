import { sql } from 'kysely';
import { fromKysely } from 'pg-boss';
import type { Clock } from '../reconcile/clock.ts';
import type { WorkHandlers } from '../reconcile/queue.ts';
import { MARGIN_MS, sendDelayed } from './delayed.ts';
import { pruneDeliveries } from './deliveries.ts';
import { measureDepth } from './depth.ts';
import { enqueueEnvironmentNow, enqueueTakeInNow } from './enqueue.ts';
import { findLiveIds } from './environments.ts';
import { findWaitingInboxes } from './inbox.ts';
import { QUEUES } from './jobs.ts';
import { lockTicking } from './locks.ts';
import { wallMilliseconds } from './pauses.ts';
import { pruneRateWindows } from './rate-windows.ts';
import type { WorkPorts } from './work-ports.ts';

const TICK_SECONDS = 60;
const SWEEP_SECONDS = 600;
/** However fast the clock, a tick leaves room for work. */
const SHORTEST_TICK_MS = 250;

export interface TickJob {
  /** When every live environment was last enqueued, by any process; null before the first time. */
  readonly sweptAt: string | null;
}

/**
 * Joins the cluster's one chain of ticks, each of which queues the next while it still runs, or begins it: there is no
 * chain without a waiting or running job. One process at a time looks, or two would each find none. A tick that waits for
 * longer than a whole interval was queued by a slower clock.
 */
export async function startTicking({ database, alarms, clock }: WorkPorts): Promise<void> {
  const { boss, kysely, transactions } = database;
  transactions.assertOutside('beginning to tick');
  const interval = tickMilliseconds(clock);
  await kysely.transaction().execute(async (trx) => {
    await lockTicking(trx);
    const db = fromKysely(trx);
    const { rows } = await sql<{ state: string; wait: number }>`
      select state::text, extract(epoch from start_after - now())::float8 * 1000 as wait from pgboss.job
      where name = ${QUEUES.tick} and state in ('created', 'retry', 'active')`.execute(trx);
    const waiting = rows.find(({ state }) => state !== 'active');
    if (rows.length === 0) {
      const first: TickJob = { sweptAt: null };
      await boss.send(QUEUES.tick, first, { singletonKey: QUEUES.tick, db });
    } else if (waiting && waiting.wait > interval) {
      await boss.update(QUEUES.tick, undefined, { singletonKey: QUEUES.tick, startAfter: interval / 1000, db });
    }
    if (waiting) {
      alarms.tick.set(QUEUES.tick, Math.min(Math.max(waiting.wait, 0), interval) + MARGIN_MS);
    }
  });
}

export async function runTick(
  { sweptAt }: TickJob,
  { ports, handlers }: { ports: WorkPorts; handlers: WorkHandlers },
): Promise<void> {
  let next: TickJob = { sweptAt };
  try {
    await handlers.tick();
    ports.log.info(await measureDepth(ports.database, ports.clock.now()), 'queue depth');
    next = await sweepWhenDue(sweptAt, ports);
  } catch (error) {
    ports.log.error({ err: error }, 'a tick failed');
  } finally {
    await sendDelayed(
      { boss: ports.database.boss, alarms: ports.alarms.tick },
      {
        queue: QUEUES.tick,
        data: next,
        singletonKey: QUEUES.tick,
        wallMilliseconds: tickMilliseconds(ports.clock),
      },
    );
  }
}

function tickMilliseconds(clock: Clock): number {
  return Math.max(wallMilliseconds(clock, TICK_SECONDS), SHORTEST_TICK_MS);
}

async function sweepWhenDue(sweptAt: string | null, ports: WorkPorts): Promise<TickJob> {
  const now = ports.clock.now();
  const sinceSeconds = sweptAt === null ? Infinity : (now.getTime() - Date.parse(sweptAt)) / 1000;
  // A time in the future is from a clock that has been set back.
  if (sinceSeconds >= 0 && sinceSeconds < SWEEP_SECONDS) {
    return { sweptAt };
  }
  await enqueueLiveEnvironments(ports);
  await enqueueWaitingInboxes(ports);
  await pruneDeliveries(ports.database.kysely, now);
  await pruneRateWindows(ports.database.kysely, now);
  return { sweptAt: now.toISOString() };
}

/** The safety net: whatever got lost, no environment stays unseen for longer than a sweep. */
export async function enqueueLiveEnvironments({ database }: WorkPorts): Promise<void> {
  for (const id of await findLiveIds(database.kysely)) {
    await enqueueEnvironmentNow(database, id);
  }
}

/** The same for what waits in inboxes. */
export async function enqueueWaitingInboxes({ database }: WorkPorts): Promise<void> {
  for (const id of await findWaitingInboxes(database.kysely)) {
    await enqueueTakeInNow(database, id);
  }
}
