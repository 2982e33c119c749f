import type { Kysely } from 'kysely';
import type { DatabaseSchema } from '../domain/database-schema.ts';
import type { CloneNotes, SchemaMemory, SourceDatabase, SourceKnowledge } from '../reconcile/database/schema-memory.ts';
import type { Database } from './open.ts';
import type { Tables } from './schema.ts';
import { decode, encode } from './stored-json.ts';

/** A schema is up to a megabyte, and each refresh is another source. */
const SOURCES_KEPT = 10;

/** What is known of the schemas of sources and clones, on an open database. Throws inside a transaction. */
export function createSchemaMemory({ kysely, transactions }: Pick<Database, 'kysely' | 'transactions'>): SchemaMemory {
  async function outside<T>(what: string, statements: () => Promise<T>): Promise<T> {
    transactions.assertOutside(what);
    return await statements();
  }
  const row = (of: SourceDatabase) =>
    kysely
      .selectFrom('source_schemas')
      .where('source', '=', of.source)
      .where('database', '=', of.database)
      .where('history_table', '=', of.table);

  return {
    history: async (of) =>
      await outside('reading the migrations of a source', async () => {
        const found = await row(of).select(['history', 'seen_at']).executeTakeFirst();
        // Written by `putKnowledge`, from values of these very types; so are all below.
        return found && { history: decode(found.history) as SourceKnowledge['history'], seenAt: found.seen_at };
      }),
    schema: async (of) =>
      await outside('reading the schema of a source', async () => {
        const found = await row(of).select('schema').executeTakeFirst();
        return found && (decode(found.schema) as DatabaseSchema);
      }),
    learn: async (of, known) =>
      await outside('saving the schema of a source', async () => {
        await putKnowledge(kysely, of, known);
        await forgetOld(kysely, of);
      }),
    notes: async ({ environmentId, life, key }) =>
      await outside('reading what was seen of a clone', async () => {
        const found = await kysely
          .selectFrom('clone_notes')
          .select('notes')
          .where('environment_id', '=', environmentId)
          .where('life', '=', life)
          .where('clone', '=', key)
          .executeTakeFirst();
        return found && (decode(found.notes) as CloneNotes);
      }),
    note: async ({ environmentId, life, key }, notes) =>
      await outside('saving what was seen of a clone', async () => {
        const text = { notes: encode(notes) };
        await kysely
          .insertInto('clone_notes')
          .values({ environment_id: environmentId, life, clone: key, ...text })
          .onConflict((conflict) => conflict.columns(['environment_id', 'life', 'clone']).doUpdateSet(text))
          .execute();
      }),
  };
}

async function putKnowledge(
  kysely: Kysely<Tables>,
  { source, database, table }: SourceDatabase,
  { history, schema, seenAt }: SourceKnowledge,
): Promise<void> {
  const known = { history: encode(history), schema: encode(schema), seen_at: seenAt };
  await kysely
    .insertInto('source_schemas')
    .values({ source, database, history_table: table, ...known })
    .onConflict((conflict) => conflict.columns(['database', 'history_table', 'source']).doUpdateSet(known))
    .execute();
}

async function forgetOld(kysely: Kysely<Tables>, { database, table }: SourceDatabase): Promise<void> {
  const newest = kysely
    .selectFrom('source_schemas')
    .select('source')
    .where('database', '=', database)
    .where('history_table', '=', table)
    .orderBy('seen_at', 'desc')
    .limit(SOURCES_KEPT);
  await kysely
    .deleteFrom('source_schemas')
    .where('database', '=', database)
    .where('history_table', '=', table)
    .where('source', 'not in', newest)
    .execute();
}
