import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';
import { storableText } from './stored-json.ts';

/** Counts one more look that failed; answers how many have failed in a row. */
export async function countFailure(
  kysely: Kysely<Tables>,
  { environmentId, message, at }: { environmentId: string; message: string; at: Date },
): Promise<number> {
  const values = { message: storableText(message), failed_at: at };
  const { count } = await kysely
    .insertInto('failures')
    .values({ environment_id: environmentId, count: 1, ...values })
    .onConflict((conflict) =>
      conflict.column('environment_id').doUpdateSet({ ...values, count: sql<number>`failures.count + 1` }),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  return count;
}

/** Forgets the failures of an environment whose look succeeded; answers how many there were. */
export async function clearFailures(kysely: Kysely<Tables>, environmentId: string): Promise<number> {
  const row = await kysely
    .deleteFrom('failures')
    .where('environment_id', '=', environmentId)
    .returning('count')
    .executeTakeFirst();
  return row?.count ?? 0;
}
