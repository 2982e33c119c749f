import { sql } from 'kysely';
import type { RoundMemory } from '../reconcile/round-memory.ts';
import type { Database } from './open.ts';

/** What the rounds through GitHub remember, on an open database. Throws inside a transaction. */
export function createRoundMemory({ kysely, transactions }: Pick<Database, 'kysely' | 'transactions'>): RoundMemory {
  async function outside<T>(what: string, statements: () => Promise<T>): Promise<T> {
    transactions.assertOutside(what);
    return await statements();
  }

  return {
    async claimRound(now, everySeconds) {
      const due = new Date(now.getTime() - everySeconds * 1000);
      return await outside('claiming a round', async () => {
        // One statement: of two processes the second waits for the row, and then finds it taken. A time in the future is
        // from a clock that has been set back.
        const claimed = await kysely
          .updateTable('rounds')
          .set({ begun_at: now })
          .where((row) => row.or([row('begun_at', 'is', null), row('begun_at', '<=', due), row('begun_at', '>', now)]))
          .returning('begun_at')
          .executeTakeFirst();
        return claimed !== undefined;
      });
    },
    deliveriesReadUntil: async () =>
      await outside('reading how far deliveries were read', async () => {
        const row = await kysely.selectFrom('rounds').select('read_until').executeTakeFirst();
        return row?.read_until ?? null;
      }),
    async noteDeliveries({ arrived, failed, readUntil, keptSince }) {
      await outside('noting deliveries', async () => {
        await kysely.transaction().execute(async (trx) => {
          if (failed.length > 0) {
            await trx
              .insertInto('undelivered')
              .values(failed.map(({ guid, id, at }) => ({ guid, attempt_id: id, failed_at: at })))
              .onConflict((conflict) =>
                conflict.column('guid').doUpdateSet({ attempt_id: (row) => row.ref('excluded.attempt_id') }),
              )
              .execute();
          }
          if (arrived.length > 0) {
            await trx.deleteFrom('undelivered').where('guid', 'in', arrived).execute();
          }
          await trx.deleteFrom('undelivered').where('failed_at', '<', keptSince).execute();
          await trx.updateTable('rounds').set({ read_until: readUntil }).execute();
        });
      });
    },
    undelivered: async () =>
      await outside('reading what was not delivered', async () => {
        const rows = await kysely
          .selectFrom('undelivered')
          .selectAll()
          .where((row) =>
            row.not(
              row.exists(row.selectFrom('deliveries').whereRef('deliveries.id', '=', 'undelivered.guid').select('id')),
            ),
          )
          .orderBy('failed_at')
          .orderBy('guid')
          .execute();
        return rows.map((row) => ({
          guid: row.guid,
          attemptId: row.attempt_id,
          timesAsked: row.times_asked,
          askedAt: row.asked_at,
        }));
      }),
    noteAsked: async (guid, at) =>
      await outside('noting a redelivery', async () => {
        await kysely
          .updateTable('undelivered')
          .set({ times_asked: sql`times_asked + 1`, asked_at: at })
          .where('guid', '=', guid)
          .execute();
      }),
  };
}
