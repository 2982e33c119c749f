import type { Kysely, Selectable, Transaction } from 'kysely';
import type { SlotClaim } from '../reconcile/store.ts';
import type { SlotClaimTable, Tables } from './schema.ts';
import { decode, encode } from './stored-json.ts';

/** Of the present lives of environments that are not gone. */
export async function findClaims(trx: Transaction<Tables>): Promise<SlotClaim[]> {
  const rows = await trx
    .selectFrom('slot_claims')
    .innerJoin('environments', (join) =>
      join
        .onRef('environments.id', '=', 'slot_claims.environment_id')
        .onRef('environments.life', '=', 'slot_claims.life'),
    )
    .where('environments.gone_at', 'is', null)
    .selectAll('slot_claims')
    .execute();
  return rows.map(toClaim);
}

export async function findClaim(kysely: Kysely<Tables>, id: string, life: number): Promise<SlotClaim | undefined> {
  const row = await kysely
    .selectFrom('slot_claims')
    .selectAll()
    .where('environment_id', '=', id)
    .where('life', '=', life)
    .executeTakeFirst();
  return row && toClaim(row);
}

export async function putClaim(trx: Transaction<Tables>, claim: SlotClaim): Promise<void> {
  const row = {
    environment_id: claim.environmentId,
    life: claim.life,
    since: claim.since,
    passed_over: claim.passedOver,
    needs: encode(claim.needs),
    lacks: encode(claim.lacks),
  };
  await trx
    .insertInto('slot_claims')
    .values(row)
    .onConflict((conflict) => conflict.column('environment_id').doUpdateSet(row))
    .execute();
}

export async function removeClaim(trx: Transaction<Tables>, environmentId: string): Promise<void> {
  await trx.deleteFrom('slot_claims').where('environment_id', '=', environmentId).execute();
}

function toClaim(row: Selectable<SlotClaimTable>): SlotClaim {
  return {
    environmentId: row.environment_id,
    life: row.life,
    since: row.since,
    passedOver: row.passed_over,
    // These two were written by `putClaim` from values of these very types.
    needs: decode(row.needs) as SlotClaim['needs'],
    lacks: decode(row.lacks) as SlotClaim['lacks'],
  };
}
