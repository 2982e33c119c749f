import type { Kysely } from 'kysely';
import type { CostPiece } from '../domain/cost.ts';
import type { CostMemory, CostRecord, SaidCost } from '../reconcile/cost/cost-memory.ts';
import type { Database } from './open.ts';
import type { Tables } from './schema.ts';
import { decode, encode } from './stored-json.ts';
import { claimUseRound, findUses, putUses } from './use-samples.ts';

/** What environments have cost, on an open database. Throws inside a transaction. */
export function createCostMemory({ kysely, transactions }: Pick<Database, 'kysely' | 'transactions'>): CostMemory {
  async function outside<T>(what: string, statements: () => Promise<T>): Promise<T> {
    transactions.assertOutside(what);
    return await statements();
  }

  return {
    cost: async (id, life) => await outside('reading a cost', async () => await findCost(kysely, id, life)),
    saveCost: async (id, life, cost) =>
      await outside('saving a cost', async () => await putCost(kysely, { id, life }, cost)),
    uses: async (id, life) => await outside('reading uses', async () => await findUses(kysely, id, life)),
    saveUses: async (id, life, samples) =>
      await outside('saving uses', async () => await putUses(kysely, { id, life }, samples)),
    claimUseRound: async (now, everySeconds) =>
      await outside('claiming a round', async () => await claimUseRound(kysely, now, everySeconds)),
    forgetBefore: async (instant) =>
      await outside('forgetting costs', async () => {
        await kysely.deleteFrom('use_samples').where('until', '<', instant).execute();
        await kysely.deleteFrom('costs').where('looked_at', '<', instant).execute();
      }),
  };
}

async function findCost(kysely: Kysely<Tables>, id: string, life: number): Promise<CostRecord | undefined> {
  const row = await kysely
    .selectFrom('costs')
    .select(['pieces', 'said'])
    .where('environment_id', '=', id)
    .where('life', '=', life)
    .executeTakeFirst();
  // Written by `putCost`, from values of these very types.
  return row && { pieces: decode(row.pieces) as CostPiece[], said: decode(row.said) as SaidCost };
}

async function putCost(
  kysely: Kysely<Tables>,
  { id, life }: { id: string; life: number },
  { pieces, said, at }: CostRecord & { readonly at: Date },
): Promise<void> {
  const cost = { pieces: encode(pieces), said: encode(said), looked_at: at };
  await kysely
    .insertInto('costs')
    .values({ environment_id: id, life, ...cost })
    .onConflict((conflict) => conflict.columns(['environment_id', 'life']).doUpdateSet(cost))
    .execute();
}
