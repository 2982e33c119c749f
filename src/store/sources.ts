import type { Selectable } from 'kysely';
import { isUnderWay, type SourceVersion, sourceState } from '../domain/source.ts';
import type { SourceStore } from '../reconcile/source/source-store.ts';
import type { Database } from './open.ts';
import type { SourceTable } from './schema.ts';
import { findClones } from './source-clones.ts';
import { askWhenDue, claimSourceLook } from './source-looks.ts';
import { moveSource, writeSource } from './source-pointer.ts';
import { createSourceRequests, settleSourceRequest } from './source-requests.ts';
import { decode, encode } from './stored-json.ts';

/** What is known of sources, on an open database. Throws inside a transaction. */
export function createSourceStore({ kysely, transactions }: Pick<Database, 'kysely' | 'transactions'>): SourceStore {
  const outside = async <T>(what: string, statements: () => Promise<T>): Promise<T> => {
    transactions.assertOutside(what);
    return await statements();
  };

  return {
    ...createSourceRequests(kysely, outside),
    versions: async () =>
      await outside('reading sources', async () => {
        const rows = await kysely.selectFrom('sources').selectAll().orderBy('position', 'desc').execute();
        return rows.map(toVersion);
      }),
    inService: async () =>
      await outside('reading the source in service', async () => {
        const row = await kysely.selectFrom('sources').selectAll().where('in_service', '=', true).executeTakeFirst();
        return row && toVersion(row);
      }),
    version: async (id) =>
      await outside('reading a source', async () => {
        const row = await kysely.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirst();
        return row && toVersion(row);
      }),
    begin: async (version) =>
      await outside('beginning a source', async () => {
        // Whichever index it would be a second of: its id, or being under way.
        const begun = await kysely
          .insertInto('sources')
          .values({
            id: version.id,
            begun_at: version.begunAt,
            under_way: isUnderWay(version),
            in_service: sourceState(version) === 'in-service',
            revision: version.revision,
            facts: encode(version),
          })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        return begun !== undefined;
      }),
    save: async (version) => await outside('saving a source', async () => await writeSource(kysely, version)),
    promote: async (version, { at, settles }) =>
      await outside(
        'putting a source in service',
        async () =>
          await kysely.transaction().execute(async (trx) => {
            const isMoved = await moveSource(trx, version, at);
            if (isMoved && settles) {
              await settleSourceRequest(trx, settles.id, { outcome: settles.outcome, at });
            }
            return isMoved;
          }),
      ),
    clonesOf: async (id) => await outside('reading the clones of a source', async () => await findClones(kysely, id)),
    askBySchedule: async (due, now) =>
      await outside(
        'asking by the schedule',
        async () => await kysely.transaction().execute(async (trx) => await askWhenDue(trx, due, now)),
      ),
    claimLook: async (now, everySeconds) =>
      await outside('claiming a look', async () => await claimSourceLook(kysely, now, everySeconds)),
  };
}

function toVersion({ facts, revision }: Selectable<SourceTable>): SourceVersion {
  // Written from a value of this very type.
  return { ...(decode(facts) as SourceVersion), revision };
}
