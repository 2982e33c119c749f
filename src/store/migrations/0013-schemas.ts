import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  `create table source_schemas (
    source text not null,
    database text not null,
    history_table text not null,
    history json not null,
    schema json not null,
    seen_at timestamptz not null,
    primary key (database, history_table, source)
  )`,
  `create table clone_notes (
    environment_id text not null,
    life integer not null,
    clone text not null,
    notes json not null,
    primary key (environment_id, life, clone)
  )`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(database);
  }
}
