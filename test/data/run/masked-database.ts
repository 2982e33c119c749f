import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { MariaDbServer } from '../../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Database, SqlRow } from '../../../src/data/mysql/session.ts';
import { makePlan } from '../../../src/data/plan/make-plan.ts';
import type { Plan } from '../../../src/data/plan/plan.ts';
import type { CoveredTable } from '../../../src/data/rules/covered.ts';
import type { Mask, RowRule } from '../../../src/data/rules/rule-set.ts';
import { type RunInput, runPlan } from '../../../src/data/run/run-plan.ts';
import type { Schema } from '../../../src/data/schema/model.ts';
import { readSchema } from '../../../src/data/schema/read-schema.ts';
import { standInMask } from './stand-in-mask.ts';

/** Of a table, what is not kept. */
export interface TestRules {
  readonly columns?: Readonly<Record<string, Mask>>;
  readonly rows?: readonly RowRule[];
  readonly orphans?: 'delete' | 'null';
}

export const KEY = 'a key of the masks, long enough for all';
export const HASH: Mask = { kind: 'hash', length: undefined };
export const DRAWN: Mask = { kind: 'digits' };

const execute = promisify(execFile);

export function cover(schema: Schema, rules: Readonly<Record<string, TestRules>>): CoveredTable[] {
  return schema.tables.map((table) => {
    const { columns = {}, rows = [], orphans } = rules[table.name] ?? {};
    return {
      table,
      rows,
      orphans,
      columns: table.columns
        .filter(({ isGenerated }) => !isGenerated)
        .map((column) => {
          const mask: Mask = columns[column.name] ?? { kind: 'keep', reason: 'a test' };
          return { column, mask, domain: mask.kind };
        }),
    };
  });
}

export function planFor(schema: Schema, rules: Readonly<Record<string, TestRules>>): Plan {
  const plan = makePlan({ schema, tables: cover(schema, rules), compile: standInMask, asOf: '2026-11-26' });
  if ('problems' in plan) {
    throw new Error(plan.problems.join('\n'));
  }
  return plan;
}

export async function openFresh(server: MariaDbServer, statements: readonly string[]): Promise<Database> {
  const database = await openDatabase({ ...server, database: await server.createDatabase(), connections: 6 });
  await database.withSession(async (session) => {
    for (const statement of statements) {
      await session.change(statement);
    }
  });
  return database;
}

/** What a test that failed left behind. */
export async function forget(server: MariaDbServer): Promise<void> {
  const database = await openDatabase({ ...server, database: 'mysql', connections: 1 });
  await ask(database, 'DROP DATABASE IF EXISTS mayfly_work');
  await database.close();
}

export async function ask(database: Database, sql: string): Promise<readonly SqlRow[]> {
  return await database.withSession(async (session) => await session.rows(sql));
}

export async function mask(
  database: Database,
  rules: Readonly<Record<string, TestRules>>,
  other: Partial<RunInput> = {},
): Promise<Awaited<ReturnType<typeof runPlan>>> {
  const schema = other.schema ?? (await readSchema(database));
  return await runPlan({
    database,
    plan: planFor(schema, rules),
    key: KEY,
    ruleSetDigest: 'r'.repeat(64),
    schema,
    workers: 2,
    chunkRows: 50,
    report: () => undefined,
    signal: new AbortController().signal,
    clock: { now: () => new Date(), wallMilliseconds: (seconds) => seconds * 1000 },
    ...other,
  });
}

/** All that is in a database, byte for byte. */
export async function dump(server: MariaDbServer, name: string): Promise<string> {
  const { stdout } = await execute(
    'mariadb-dump',
    [
      '--no-defaults',
      `--socket=${server.socket}`,
      `--user=${server.user}`,
      `--password=${server.password}`,
      '--skip-dump-date',
      '--skip-comments',
      '--order-by-primary',
      '--triggers',
      '--hex-blob',
      name,
    ],
    { maxBuffer: 2 ** 28 },
  );
  return stdout;
}
