import { sql } from 'kysely';
import type { Condemned, SweepMarks } from '../reconcile/orphans/marks.ts';
import type { Database } from './open.ts';
import { decode, encode } from './stored-json.ts';

/** What the sweep remembers, on an open database. Throws inside a transaction. */
export function createSweepMarks({ kysely, transactions }: Pick<Database, 'kysely' | 'transactions'>): SweepMarks {
  return {
    async claimLook(now, everySeconds) {
      transactions.assertOutside('claiming a look');
      const due = new Date(now.getTime() - everySeconds * 1000);
      // One statement: of two processes the second waits for the row, and then finds it taken.
      const claimed = await kysely
        .updateTable('sweeps')
        .set({ begun_at: now })
        .where((row) => row.or([row('begun_at', 'is', null), row('begun_at', '<=', due), row('begun_at', '>', now)]))
        .returning('begun_at')
        .executeTakeFirst();
      return claimed !== undefined;
    },
    async noteLook(seen, now) {
      transactions.assertOutside('noting a look');
      return await kysely.transaction().execute(async (trx) => {
        const things = seen.map(({ thing }) => thing);
        const unseen = trx.deleteFrom('sweep_marks');
        await (things.length === 0 ? unseen : unseen.where('thing', 'not in', things)).execute();
        for (const { thing, environmentId, reason } of seen) {
          await trx
            .insertInto('sweep_marks')
            .values({ thing, environment_id: environmentId, reason, first_seen_at: now, looks: 1, told_at: null })
            .onConflict((conflict) =>
              conflict.column('thing').doUpdateSet({ reason, looks: sql`sweep_marks.looks + 1`, condemned: null }),
            )
            .execute();
        }
        const rows = await trx.selectFrom('sweep_marks').selectAll().orderBy('thing').execute();
        return rows.map((row) => ({
          thing: row.thing,
          environmentId: row.environment_id,
          reason: row.reason,
          firstSeenAt: row.first_seen_at,
          looks: row.looks,
          toldAt: row.told_at,
        }));
      });
    },
    async noteTold(things, now) {
      transactions.assertOutside('noting what was told');
      if (things.length > 0) {
        await kysely.updateTable('sweep_marks').set({ told_at: now }).where('thing', 'in', things).execute();
      }
    },
    async condemn(condemned) {
      transactions.assertOutside('condemning');
      await kysely.transaction().execute(async (trx) => {
        for (const one of condemned) {
          await trx
            .updateTable('sweep_marks')
            .set({ condemned: encode(one) })
            .where('thing', '=', one.sighting.thing)
            .execute();
        }
      });
    },
    async condemned(environmentId) {
      transactions.assertOutside('reading what is condemned');
      const all = kysely.selectFrom('sweep_marks').select('condemned').where('condemned', 'is not', null);
      const asked = environmentId === undefined ? all : all.where('environment_id', '=', environmentId);
      // Written by `condemn`, from values of this very type.
      return (await asked.orderBy('thing').execute()).map((row) => decode(row.condemned) as Condemned);
    },
  };
}
