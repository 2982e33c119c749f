import type { Kysely } from 'kysely';
import type { Approval } from '../domain/approval.ts';
import type { Tables } from './schema.ts';

/** The first one stands: an approval that is given again says nothing new. */
export async function putApproval(kysely: Kysely<Tables>, environmentId: string, approval: Approval): Promise<void> {
  await kysely
    .insertInto('approvals')
    .values({
      environment_id: environmentId,
      sha: approval.sha,
      base_ref: approval.baseRef,
      approved_by: approval.by,
      approved_at: approval.at,
    })
    .onConflict((conflict) => conflict.columns(['environment_id', 'sha', 'base_ref']).doNothing())
    .execute();
}

export async function findApprovals(kysely: Kysely<Tables>, environmentId: string): Promise<Approval[]> {
  const rows = await kysely
    .selectFrom('approvals')
    .selectAll()
    .where('environment_id', '=', environmentId)
    .orderBy('approved_at')
    .orderBy('sha')
    .orderBy('base_ref')
    .execute();
  return rows.map((row) => ({ sha: row.sha, baseRef: row.base_ref, by: row.approved_by, at: row.approved_at }));
}
