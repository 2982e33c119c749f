import type { Kysely, Selectable } from 'kysely';
import type { ResourceRecord } from '../reconcile/store.ts';
import type { ResourceTable, Tables } from './schema.ts';
import { decode, encode, storableText } from './stored-json.ts';

export async function findResources(kysely: Kysely<Tables>, id: string, life: number): Promise<ResourceRecord[]> {
  const rows = await kysely
    .selectFrom('resources')
    .selectAll()
    .where('environment_id', '=', id)
    .where('life', '=', life)
    .orderBy('position')
    .execute();
  return rows.map(toRecord);
}

export async function putResource(
  kysely: Kysely<Tables>,
  owner: { id: string; life: number },
  resource: ResourceRecord,
): Promise<void> {
  const changeable = {
    kind: resource.kind,
    name: resource.name,
    state: resource.state,
    spec: encode(resource.spec),
    outputs: encode(resource.outputs),
    message: storableText(resource.message),
    ready_at: resource.readyAt,
    gone_at: resource.goneAt,
  };
  await kysely
    .insertInto('resources')
    .values({
      ...changeable,
      environment_id: owner.id,
      life: owner.life,
      key: resource.key,
      asked_at: resource.askedAt,
    })
    .onConflict((conflict) => conflict.columns(['environment_id', 'life', 'key']).doUpdateSet(changeable))
    .execute();
}

function toRecord(row: Selectable<ResourceTable>): ResourceRecord {
  return {
    key: row.key,
    kind: row.kind,
    name: row.name,
    state: row.state,
    spec: decode(row.spec),
    outputs: decode(row.outputs),
    message: row.message,
    askedAt: row.asked_at,
    readyAt: row.ready_at,
    goneAt: row.gone_at,
  };
}
