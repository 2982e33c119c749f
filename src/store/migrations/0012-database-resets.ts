import { type Kysely, sql } from 'kysely';

/** A version from before resets writes none: what it makes has its first clone. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table environments add column database_resets integer not null default 0').execute(database);
}
