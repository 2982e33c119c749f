import type { Kysely } from 'kysely';
import { pruneInbox } from './inbox.ts';
import type { Tables } from './schema.ts';

/** GitHub lets a delivery be sent again for three days; a month leaves no doubt. */
const KEEP_DAYS = 30;

/** Claims that nobody can be offered again, and what those deliveries said. */
export async function pruneDeliveries(kysely: Kysely<Tables>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEEP_DAYS * 24 * 3_600_000);
  await kysely.deleteFrom('deliveries').where('claimed_at', '<', before).execute();
  await pruneInbox(kysely, before);
}
