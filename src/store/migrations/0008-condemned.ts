import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  // What the sweep gives over to the environment's own turn, which may be another process's.
  await sql.raw(`alter table sweep_marks add column condemned json`).execute(database);
}
