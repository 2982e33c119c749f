import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  `create table environments (
    id text primary key,
    repository text not null,
    number integer not null check (number > 0),
    name text not null,
    installation_id bigint not null,
    state text not null check (state in ('present', 'absent')),
    generation integer not null,
    head_sha text not null,
    head_ref text not null,
    base_ref text not null,
    expires_at timestamptz not null,
    redeploys integer not null,
    owner text not null,
    from_fork boolean not null,
    title text not null,
    release_reason text,
    life integer not null,
    created_at timestamptz not null,
    admitted_at timestamptz,
    ready_at timestamptz,
    gone_at timestamptz,
    served_sha text,
    served_at timestamptz,
    observed_generation integer not null,
    resolution json not null,
    conditions json not null,
    warnings_sent json not null,
    unique (repository, number)
  )`,
  `create index environments_live on environments (created_at, id) where gone_at is null`,

  // No foreign key: a row here says that something may exist in AWS, and nothing may refuse it or take it away.
  `create table resources (
    environment_id text not null,
    life integer not null,
    key text not null,
    position bigint generated always as identity,
    kind text not null,
    name text not null,
    state text not null check (state in ('asked', 'pending', 'ready', 'failed', 'releasing', 'gone')),
    spec json not null,
    outputs json not null,
    message text not null,
    asked_at timestamptz not null,
    ready_at timestamptz,
    gone_at timestamptz,
    primary key (environment_id, life, key)
  )`,

  `create table publications (
    environment_id text not null,
    kind text not null,
    external_id text not null,
    digest text not null,
    sha text not null,
    primary key (environment_id, kind)
  )`,

  `create table deliveries (
    id text primary key,
    claimed_at timestamptz not null
  )`,
  `create index deliveries_claimed on deliveries (claimed_at)`,

  `create table events (
    position bigint generated always as identity primary key,
    environment_id text not null,
    at timestamptz not null,
    actor text not null,
    action text not null,
    details json not null
  )`,
  `create index events_of_environment on events (environment_id, at, position)`,
  `create function refuse_to_change_events() returns trigger language plpgsql as $$
    begin
      raise exception 'events are only ever appended: % refused', lower(tg_op);
    end
  $$`,
  `create trigger events_append_only before update or delete or truncate on events
    for each statement execute function refuse_to_change_events()`,

  `create table failures (
    environment_id text primary key,
    count integer not null,
    message text not null,
    failed_at timestamptz not null
  )`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(database);
  }
}
