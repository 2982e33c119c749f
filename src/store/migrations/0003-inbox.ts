import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  `create table inbox (
    position bigint generated always as identity primary key,
    environment_id text not null,
    repository text not null,
    number integer not null,
    delivery_id text not null,
    installation_id bigint not null,
    sender text not null,
    sender_is_bot boolean not null,
    says json not null,
    head_sha text,
    said_at timestamptz,
    heard_at timestamptz not null,
    tries integer not null default 0,
    not_before timestamptz,
    settled_at timestamptz,
    outcome text check (outcome in ('done', 'refused', 'overtaken', 'given-up')),
    check ((settled_at is null) = (outcome is null))
  )`,
  `create index inbox_of_environment on inbox (environment_id, position)`,
  `create index inbox_waiting on inbox (environment_id, position) where settled_at is null`,
  // Rows come in the order of time, so that this tells what is old at next to no cost for what is new.
  `create index inbox_heard on inbox using brin (heard_at)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(database);
  }
}
