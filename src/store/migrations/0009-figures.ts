import { type Kysely, sql } from 'kysely';

/** Statements run one by one: PGlite takes a single statement a query. */
const STATEMENTS = [
  // A pool is a budget's kind and what it is of: a source of clones, or a load balancer.
  `create table budget_figures (
    kind text not null,
    pool text not null,
    used integer not null,
    most integer not null,
    read_at timestamptz not null,
    primary key (kind, pool)
  )`,
  `alter table sweeps add column report json`,
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(database);
  }
}
