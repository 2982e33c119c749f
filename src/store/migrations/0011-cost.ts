import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  `create table costs (
    environment_id text not null,
    life integer not null,
    pieces json not null,
    said json not null,
    looked_at timestamptz not null,
    primary key (environment_id, life)
  )`,
  `create table use_samples (
    environment_id text not null,
    life integer not null,
    since timestamptz not null,
    until timestamptz not null,
    acu_milli integer not null,
    acu_peak_milli integer not null,
    connections integer,
    volume_bytes bigint,
    primary key (environment_id, life, since)
  )`,
  `create index use_samples_until on use_samples (until)`,
  `create table use_rounds (begun_at timestamptz)`,
  `insert into use_rounds values (null)`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(database);
  }
}
