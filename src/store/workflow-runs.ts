import type { Kysely, Selectable, Transaction } from 'kysely';
import type { RunDispatch, RunLink, WorkflowRunRecord } from '../reconcile/workflow-run.ts';
import type { Tables, WorkflowRunTable } from './schema.ts';
import { decode, encode, storableText } from './stored-json.ts';

export async function findRuns(kysely: Kysely<Tables>, id: string, life: number): Promise<WorkflowRunRecord[]> {
  const rows = await kysely
    .selectFrom('workflow_runs')
    .selectAll()
    .where('environment_id', '=', id)
    .where('life', '=', life)
    .orderBy('position')
    .execute();
  return rows.map(toRecord);
}

export async function putRun(
  kysely: Kysely<Tables>,
  owner: { id: string; life: number },
  run: WorkflowRunRecord,
): Promise<void> {
  const changeable = {
    dispatch: encode(run.dispatch),
    link_id: run.link?.id ?? null,
    link_number: run.link?.number ?? null,
    link_url: run.link?.url ?? null,
    started_at: run.startedAt,
    ended_at: run.endedAt,
    conclusion: run.conclusion,
    message: storableText(run.message),
  };
  await kysely
    .insertInto('workflow_runs')
    .values({
      ...changeable,
      environment_id: owner.id,
      life: owner.life,
      key: run.key,
      kind: run.kind,
      subject: run.subject,
      sha: run.sha,
      asked_by: run.askedBy,
      asked_at: run.askedAt,
      redeploys: run.redeploys,
      heard_at: run.heardAt,
    })
    .onConflict((conflict) => conflict.columns(['environment_id', 'life', 'key']).doUpdateSet(changeable))
    .execute();
}

/** The environments whose run it is. */
export async function noteHeard(trx: Transaction<Tables>, linkId: number, at: Date): Promise<string[]> {
  const rows = await trx
    .updateTable('workflow_runs')
    .set({ heard_at: at })
    .where('link_id', '=', linkId)
    .returning('environment_id')
    .execute();
  return [...new Set(rows.map(({ environment_id: id }) => id))];
}

function toRecord(row: Selectable<WorkflowRunTable>): WorkflowRunRecord {
  return {
    key: row.key,
    kind: row.kind,
    subject: row.subject,
    sha: row.sha,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    redeploys: row.redeploys,
    heardAt: row.heard_at,
    // Written by `putRun` from a value of this very type.
    dispatch: decode(row.dispatch) as RunDispatch | null,
    link: linkOf(row),
    startedAt: row.started_at,
    endedAt: row.ended_at,
    conclusion: row.conclusion,
    message: row.message,
  };
}

function linkOf({ link_id: id, link_number: number, link_url: url }: Selectable<WorkflowRunTable>): RunLink | null {
  return id === null ? null : { id, number, url: url ?? '' };
}
