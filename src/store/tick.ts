import { sql } from 'kysely';
import { fromKysely } from 'pg-boss';
import type { WorkHandlers } from '../reconcile/queue.ts';
import { sendDelayed } from './delayed.ts';
import { pruneDeliveries } from './deliveries.ts';
import { enqueueEnvironmentNow } from './enqueue.ts';
import { findLiveIds } from './environments.ts';
import { lockTicking } from './locks.ts';
import { QUEUES } from './jobs.ts';
import type { WorkPorts } from './work-ports.ts';
import { wallMilliseconds } from './pauses.ts';

const TICK_SECONDS = 60;
const SWEEP_SECONDS = 600;
/** However fast the clock, a tick leaves room for work. */
const SHORTEST_TICK_MS = 250;

export interface TickJob {
  /** When every live environment was last enqueued, by any process; null before the first time. */
  readonly sweptAt: string | null;
}

/**
 * Begins the cluster's one chain of ticks, each of which queues the next while it still runs, unless the chain is there:
 * a waiting or running job. One process at a time looks, or two would each find none.
 */
export async function startTicking({ database }: WorkPorts): Promise<void> {
  const { boss, kysely, transactions } = database;
  transactions.assertOutside('beginning to tick');
  const first: TickJob = { sweptAt: null };
  await kysely.transaction().execute(async (trx) => {
    await lockTicking(trx);
    const { rows } = await sql`
      select 1 from pgboss.job where name = ${QUEUES.tick} and state in ('created', 'retry', 'active')`.execute(trx);
    if (rows.length === 0) {
      await boss.send(QUEUES.tick, first, { singletonKey: QUEUES.tick, db: fromKysely(trx) });
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
        wallMilliseconds: Math.max(wallMilliseconds(ports.clock, TICK_SECONDS), SHORTEST_TICK_MS),
      },
    );
  }
}

async function sweepWhenDue(sweptAt: string | null, ports: WorkPorts): Promise<TickJob> {
  const now = ports.clock.now();
  const sinceSeconds = sweptAt === null ? Infinity : (now.getTime() - Date.parse(sweptAt)) / 1000;
  // A time in the future is from a clock that has been set back.
  if (sinceSeconds >= 0 && sinceSeconds < SWEEP_SECONDS) {
    return { sweptAt };
  }
  await enqueueLiveEnvironments(ports);
  await pruneDeliveries(ports.database.kysely, now);
  return { sweptAt: now.toISOString() };
}

/** The safety net: whatever got lost, no environment stays unseen for longer than a sweep. */
export async function enqueueLiveEnvironments({ database }: WorkPorts): Promise<void> {
  for (const id of await findLiveIds(database.kysely)) {
    await enqueueEnvironmentNow(database, id);
  }
}
