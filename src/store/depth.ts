import { sql } from 'kysely';
import { QUEUES } from './jobs.ts';
import type { Database } from './open.ts';

/** How much waits, and for how long; flat, so that a metric filter can read any of it. Seconds are whole. */
export interface QueueDepth {
  readonly inboxWaiting: number;
  readonly inboxOldestSeconds: number;
  readonly looksDue: number;
  readonly looksRunning: number;
  readonly looksOldestSeconds: number;
  readonly repliesDue: number;
  readonly deadLetters: number;
}

/** Of the whole cluster. A job that is queued for later is not due, and counts only then. */
export async function measureDepth({ kysely }: Database, now: Date): Promise<QueueDepth> {
  const { rows } = await sql<QueueDepth>`
    select
      (select count(*)::int from inbox where settled_at is null) as "inboxWaiting",
      (select coalesce(greatest(extract(epoch from ${now}::timestamptz - min(heard_at)), 0), 0)::int
        from inbox where settled_at is null) as "inboxOldestSeconds",
      count(*) filter (where name = ${QUEUES.environment} and state < 'active' and start_after <= now())::int
        as "looksDue",
      count(*) filter (where name = ${QUEUES.environment} and state = 'active')::int as "looksRunning",
      coalesce(extract(epoch from now() - min(start_after)
        filter (where name = ${QUEUES.environment} and state < 'active' and start_after <= now())), 0)::int
        as "looksOldestSeconds",
      count(*) filter (where name = ${QUEUES.reply} and state < 'active' and start_after <= now())::int as "repliesDue",
      count(*) filter (where name in (${QUEUES.deadEnvironment}, ${QUEUES.deadReply}) and state < 'active')::int
        as "deadLetters"
    from pgboss.job where state <= 'active'`.execute(kysely);
  const [depth] = rows;
  if (!depth) {
    throw new Error('a count without a row');
  }
  return depth;
}
