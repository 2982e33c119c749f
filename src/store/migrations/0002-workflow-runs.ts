import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  `create table workflow_runs (
    environment_id text not null,
    life integer not null,
    key text not null,
    position bigint generated always as identity,
    kind text not null check (kind in ('suite', 'build')),
    subject text not null,
    sha text not null,
    asked_by text not null,
    asked_at timestamptz not null,
    redeploys integer not null,
    heard_at timestamptz,
    dispatch json not null,
    link_id bigint,
    link_number integer,
    link_url text,
    started_at timestamptz,
    ended_at timestamptz,
    conclusion text,
    message text not null,
    primary key (environment_id, life, key)
  )`,
  // Every run by hand of the repository's workflows is asked after here, and few are ours.
  `create index workflow_runs_by_link on workflow_runs (link_id) where link_id is not null`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(database);
  }
}
