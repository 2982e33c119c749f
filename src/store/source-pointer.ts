import type { Kysely, Transaction } from 'kysely';
import { isUnderWay, type SourceVersion, sourceState } from '../domain/source.ts';
import type { Tables } from './schema.ts';
import { decode, encode } from './stored-json.ts';

/** False when it has been written since it was read. */
export async function writeSource(
  kysely: Kysely<Tables> | Transaction<Tables>,
  version: SourceVersion,
): Promise<boolean> {
  const written = { ...version, revision: version.revision + 1 };
  const row = await kysely
    .updateTable('sources')
    .set({
      under_way: isUnderWay(written),
      in_service: sourceState(written) === 'in-service',
      revision: written.revision,
      facts: encode(written),
    })
    .where('id', '=', version.id)
    .where('revision', '=', version.revision)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The one before makes way first: an index allows one in service. */
export async function moveSource(trx: Transaction<Tables>, version: SourceVersion, at: Date): Promise<boolean> {
  // In order of id, so that two that move it at once wait for each other rather than for ever.
  const rows = await trx
    .selectFrom('sources')
    .selectAll()
    .where((row) => row.or([row('in_service', '=', true), row('id', '=', version.id)]))
    .orderBy('id')
    .forUpdate()
    .execute();
  if (!rows.some(({ id, revision }) => id === version.id && revision === version.revision)) {
    return false;
  }
  for (const row of rows.filter(({ id }) => id !== version.id)) {
    const before = { ...(decode(row.facts) as SourceVersion), revision: row.revision };
    await writeSource(trx, { ...before, replacedAt: at });
  }
  return await writeSource(trx, { ...version, servedAt: at, replacedAt: null, message: '' });
}
