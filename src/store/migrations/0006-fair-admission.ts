import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  // None is demanded: an environment of before has none of them, nor has one that the version before inserts while both
  // run. What stands in for each until GitHub was read, within ten minutes, `environments.ts` knows.
  `alter table environments
    add column draft boolean not null default false,
    add column author text,
    add column author_is_bot boolean,
    add column life_seconds integer`,

  `create table slot_claims (
    environment_id text primary key,
    life integer not null,
    since timestamptz not null,
    passed_over integer not null,
    needs json not null,
    lacks json not null
  )`,
  `insert into slot_claims (environment_id, life, since, passed_over, needs, lacks)
    select id, life, created_at, 0, '[]', 'null' from environments
    where gone_at is null and (admitted_at is not null or (state = 'present' and not from_fork))`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(database);
  }
}
