import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './schema.ts';
import { askForSource } from './source-requests.ts';

/** Once for each `due`; the first is only noted. Whoever comes second waits for the row. */
export async function askWhenDue(trx: Transaction<Tables>, due: Date, now: Date): Promise<void> {
  const { scheduled_through: through } = await trx
    .selectFrom('source_looks')
    .select('scheduled_through')
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (through && through >= due) {
    return;
  }
  await trx.updateTable('source_looks').set({ scheduled_through: due }).execute();
  if (through) {
    await askForSource(trx, { kind: 'refresh', askedBy: 'schedule', askedAt: now });
  }
}

/** One statement: of two processes the second waits for the row, and then finds it taken. */
export async function claimSourceLook(kysely: Kysely<Tables>, now: Date, everySeconds: number): Promise<boolean> {
  const due = new Date(now.getTime() - everySeconds * 1000);
  const claimed = await kysely
    .updateTable('source_looks')
    .set({ looked_at: now })
    .where((row) => row.or([row('looked_at', 'is', null), row('looked_at', '<=', due), row('looked_at', '>', now)]))
    .returning('looked_at')
    .executeTakeFirst();
  return claimed !== undefined;
}
