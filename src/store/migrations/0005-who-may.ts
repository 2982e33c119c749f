import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  // Kept beyond the life of an environment: a commit that was read was read.
  `create table approvals (
    environment_id text not null,
    sha text not null,
    base_ref text not null,
    approved_by text not null,
    approved_at timestamptz not null,
    primary key (environment_id, sha, base_ref)
  )`,
  `create table rate_windows (
    subject text primary key,
    since timestamptz not null,
    asks integer not null check (asks >= 0),
    told boolean not null
  )`,
  `create index rate_windows_since on rate_windows (since)`,
  `alter table environments add column pushed_by_bot text`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(database);
  }
}
