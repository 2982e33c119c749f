import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** GitHub lets a delivery be sent again for three days; a month leaves no doubt. */
const KEEP_DAYS = 30;

/** True for one caller only. A second one waits for the first one's transaction, and gets its turn when that rolls back. */
export async function claimDelivery(kysely: Kysely<Tables>, id: string, at: Date): Promise<boolean> {
  const claimed = await kysely
    .insertInto('deliveries')
    .values({ id, claimed_at: at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return claimed !== undefined;
}

export async function pruneDeliveries(kysely: Kysely<Tables>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEEP_DAYS * 24 * 3_600_000);
  await kysely.deleteFrom('deliveries').where('claimed_at', '<', before).execute();
}
