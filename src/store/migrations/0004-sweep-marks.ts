import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  // One row: the looks of the sweep are the cluster's, not a process's.
  `create table sweeps (
    one boolean primary key default true check (one),
    begun_at timestamptz
  )`,
  `insert into sweeps default values`,

  `create table sweep_marks (
    thing text primary key,
    environment_id text not null,
    reason text not null,
    first_seen_at timestamptz not null,
    looks integer not null,
    told_at timestamptz
  )`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(database);
  }
}
