import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  // One row: the rounds through GitHub are the cluster's, not a process's.
  `create table rounds (
    one boolean primary key default true check (one),
    begun_at timestamptz,
    read_until timestamptz
  )`,
  `insert into rounds default values`,

  `create table undelivered (
    guid text primary key,
    attempt_id bigint not null,
    failed_at timestamptz not null,
    times_asked integer not null default 0,
    asked_at timestamptz
  )`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(database);
  }
}
