import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  // What is not known of an environment of before is read from GitHub within ten minutes; who asked for it stands in meanwhile.
  `alter table environments
    add column draft boolean not null default false,
    add column author text,
    add column author_is_bot boolean not null default false,
    add column life_seconds integer`,
  `update environments set
    author = owner,
    author_is_bot = owner like '%[bot]',
    life_seconds = greatest(60, least(2147483647, extract(epoch from expires_at - created_at)))::integer`,
  `alter table environments
    alter column author set not null,
    alter column life_seconds set not null,
    alter column draft drop default,
    alter column author_is_bot drop default`,

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
