import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { AskedForSource, SourceRequest, SourceStore } from '../reconcile/source/source-store.ts';
import type { SourceRequestTable, Tables } from './schema.ts';
import { storableText } from './stored-json.ts';

const MOST = 50;

/** `outside` runs a statement, and throws inside a transaction. */
export function createSourceRequests(
  kysely: Kysely<Tables>,
  outside: <T>(what: string, statements: () => Promise<T>) => Promise<T>,
): Pick<SourceStore, 'ask' | 'requests' | 'openRequests' | 'noteRequest' | 'settleRequest'> {
  return {
    ask: async (asked) => await outside('asking for a source', async () => await askForSource(kysely, asked)),
    requests: async () =>
      await outside('reading requests', async () => {
        const rows = await kysely.selectFrom('source_requests').selectAll().orderBy('id', 'desc').limit(MOST).execute();
        return rows.map(toRequest);
      }),
    openRequests: async () =>
      await outside('reading requests', async () => {
        const open = kysely.selectFrom('source_requests').selectAll().where('settled_at', 'is', null);
        return (await open.orderBy('id').execute()).map(toRequest);
      }),
    noteRequest: async (id, outcome) =>
      await outside('noting a request', async () => {
        await kysely
          .updateTable('source_requests')
          .set({ outcome: storableText(outcome) })
          .where('id', '=', id)
          .where('settled_at', 'is', null)
          .execute();
      }),
    settleRequest: async (id, end) =>
      await outside('settling a request', async () => await settleSourceRequest(kysely, id, end)),
  };
}

export async function askForSource(
  kysely: Kysely<Tables> | Transaction<Tables>,
  { kind, askedBy, askedAt }: AskedForSource,
): Promise<SourceRequest> {
  const row = await kysely
    .insertInto('source_requests')
    .values({ kind, asked_by: storableText(askedBy), asked_at: askedAt ?? sql<Date>`clock_timestamp()` })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toRequest(row);
}

/** One that is settled stays as it was. */
export async function settleSourceRequest(
  kysely: Kysely<Tables> | Transaction<Tables>,
  id: number,
  { outcome, at }: { outcome: string; at: Date },
): Promise<void> {
  await kysely
    .updateTable('source_requests')
    .set({ outcome: storableText(outcome), settled_at: at })
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .execute();
}

function toRequest(row: Selectable<SourceRequestTable>): SourceRequest {
  const { id, kind, asked_by: askedBy, asked_at: askedAt, settled_at: settledAt, outcome } = row;
  return { id, kind, askedBy, askedAt, settledAt, outcome };
}
