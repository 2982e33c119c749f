import type { CostPiece } from '../domain/cost.ts';
import type { CostMemory, SaidCost } from '../reconcile/cost/cost-memory.ts';
import type { Database } from './open.ts';
import { decode, encode } from './stored-json.ts';

/** What environments have cost, on an open database. Throws inside a transaction. */
export function createCostMemory({ kysely, transactions }: Pick<Database, 'kysely' | 'transactions'>): CostMemory {
  async function outside<T>(what: string, statements: () => Promise<T>): Promise<T> {
    transactions.assertOutside(what);
    return await statements();
  }

  return {
    cost: async (id, life) =>
      await outside('reading a cost', async () => {
        const row = await kysely
          .selectFrom('costs')
          .select(['pieces', 'said'])
          .where('environment_id', '=', id)
          .where('life', '=', life)
          .executeTakeFirst();
        // Written by `saveCost`, from values of these very types.
        return row && { pieces: decode(row.pieces) as CostPiece[], said: decode(row.said) as SaidCost };
      }),
    saveCost: async (id, life, { pieces, said, at }) =>
      await outside('saving a cost', async () => {
        const cost = { pieces: encode(pieces), said: encode(said), looked_at: at };
        await kysely
          .insertInto('costs')
          .values({ environment_id: id, life, ...cost })
          .onConflict((conflict) => conflict.columns(['environment_id', 'life']).doUpdateSet(cost))
          .execute();
      }),
    uses: async (id, life) =>
      await outside('reading uses', async () => {
        const rows = await kysely
          .selectFrom('use_samples')
          .selectAll()
          .where('environment_id', '=', id)
          .where('life', '=', life)
          .orderBy('since')
          .execute();
        return rows.map((row) => ({
          since: row.since,
          until: row.until,
          acuMilli: row.acu_milli,
          acuPeakMilli: row.acu_peak_milli,
          connections: row.connections,
          volumeBytes: row.volume_bytes === null ? null : Number(row.volume_bytes),
        }));
      }),
    saveUses: async (id, life, samples) =>
      await outside('saving uses', async () => {
        for (const sample of samples) {
          const use = {
            until: sample.until,
            acu_milli: sample.acuMilli,
            acu_peak_milli: sample.acuPeakMilli,
            connections: sample.connections,
            volume_bytes: sample.volumeBytes,
          };
          await kysely
            .insertInto('use_samples')
            .values({ environment_id: id, life, since: sample.since, ...use })
            .onConflict((conflict) => conflict.columns(['environment_id', 'life', 'since']).doUpdateSet(use))
            .execute();
        }
      }),
    forgetBefore: async (instant) =>
      await outside('forgetting costs', async () => {
        await kysely.deleteFrom('use_samples').where('until', '<', instant).execute();
        await kysely.deleteFrom('costs').where('looked_at', '<', instant).execute();
      }),
  };
}
