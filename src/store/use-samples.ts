import type { Kysely } from 'kysely';
import type { UseSample } from '../reconcile/cost/cost-memory.ts';
import type { Tables } from './schema.ts';

export async function findUses(kysely: Kysely<Tables>, id: string, life: number): Promise<UseSample[]> {
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
}

export async function putUses(
  kysely: Kysely<Tables>,
  { id, life }: { id: string; life: number },
  samples: readonly UseSample[],
): Promise<void> {
  for (const { since, until, acuMilli, acuPeakMilli, connections, volumeBytes } of samples) {
    const use = {
      until,
      acu_milli: acuMilli,
      acu_peak_milli: acuPeakMilli,
      connections,
      volume_bytes: volumeBytes,
    };
    await kysely
      .insertInto('use_samples')
      .values({ environment_id: id, life, since, ...use })
      .onConflict((conflict) => conflict.columns(['environment_id', 'life', 'since']).doUpdateSet(use))
      .execute();
  }
}

/** One statement, as a round through GitHub is claimed: of two processes the second finds it taken. A time in the future is from a clock that has been set back. */
export async function claimUseRound(kysely: Kysely<Tables>, now: Date, everySeconds: number): Promise<boolean> {
  const due = new Date(now.getTime() - everySeconds * 1000);
  const claimed = await kysely
    .updateTable('use_rounds')
    .set({ begun_at: now })
    .where((row) => row.or([row('begun_at', 'is', null), row('begun_at', '<=', due), row('begun_at', '>', now)]))
    .returning('begun_at')
    .executeTakeFirst();
  return claimed !== undefined;
}
