import type { Database } from '../mysql/session.ts';
import type { Schema } from '../schema/model.ts';

/** What stands around the rules and keeps the database from being masked, a sentence each. Nothing is changed. */
export async function unsafeSurroundings(
  database: Database,
  { schema }: { readonly schema: Schema },
): Promise<readonly string[]> {
  return schema.tables.length === 0
    ? [`\`${database.name}\` has no table: see whether it is the database that was meant`]
    : [];
}
