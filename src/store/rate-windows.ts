import type { Kysely, Transaction } from 'kysely';
import type { RateWindow } from '../domain/rate-limit.ts';
import { lockRate } from './locks.ts';
import type { Tables } from './schema.ts';

/** No window is longer than this, so that what began before it can be forgotten. */
const LONGEST_WINDOW_HOURS = 24;

/** Locks what is told until the transaction ends, its row existing or not: two that spend at once would each find what the other left. */
export async function lockRateWindow(trx: Transaction<Tables>, subject: string): Promise<RateWindow | undefined> {
  await lockRate(trx, subject);
  const row = await trx.selectFrom('rate_windows').selectAll().where('subject', '=', subject).executeTakeFirst();
  return row && { since: row.since, asks: row.asks, told: row.told };
}

export async function putRateWindow(trx: Transaction<Tables>, subject: string, window: RateWindow): Promise<void> {
  const row = { subject, since: window.since, asks: window.asks, told: window.told };
  await trx
    .insertInto('rate_windows')
    .values(row)
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(row))
    .execute();
}

export async function pruneRateWindows(kysely: Kysely<Tables>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - LONGEST_WINDOW_HOURS * 3_600_000);
  await kysely.deleteFrom('rate_windows').where('since', '<', before).execute();
}
