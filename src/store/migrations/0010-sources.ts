import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  `create table sources (
    id text primary key,
    position integer generated always as identity,
    begun_at timestamptz not null,
    under_way boolean not null,
    in_service boolean not null,
    revision integer not null,
    facts json not null
  )`,
  // One is made at a time, and one is cloned.
  `create unique index sources_under_way on sources (under_way) where under_way`,
  `create unique index sources_in_service on sources (in_service) where in_service`,
  `create table source_requests (
    id integer generated always as identity primary key,
    kind text not null,
    asked_by text not null,
    asked_at timestamptz not null,
    settled_at timestamptz,
    outcome text not null default ''
  )`,
  `create table source_looks (
    one boolean primary key default true check (one),
    looked_at timestamptz,
    scheduled_through timestamptz
  )`,
  `insert into source_looks default values`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(database);
  }
}
