import { quoteName } from '../mysql/quote-name.ts';
import type { Session, SqlRow } from '../mysql/session.ts';
import { WORK_DATABASE } from '../work-database.ts';

const TABLES = quoteName(WORK_DATABASE, 'fingerprint_tables');
const ROWS = quoteName(WORK_DATABASE, 'fingerprint_rows');
const NAMES = quoteName(WORK_DATABASE, 'fingerprint_names');
const CASES = quoteName(WORK_DATABASE, 'fingerprint_cases');
const SAMPLES = quoteName(WORK_DATABASE, 'fingerprint_samples');
const DOCUMENTS = quoteName(WORK_DATABASE, 'fingerprint_documents');
const BATCH = 500;

/** A row of the original: its primary key, which the rules keep, and the marks of its masked columns in the rules' order. */
export interface MarkedRow {
  readonly key: SqlRow;
  /** Null where there was nothing that says anything. */
  readonly marks: readonly (number | null)[];
}

/** Marks of names; of each also its first word's, so that a reader knows where one may begin. */
export interface NameMarks {
  readonly names: ReadonlySet<number>;
  readonly beginnings: ReadonlySet<number>;
}

/** How many values of a column each case of its mask is for, in their order. */
export interface CaseCounts {
  readonly table: string;
  readonly column: string;
  readonly counts: readonly number[];
}

/** May be called twice. */
export async function createStore(session: Session): Promise<void> {
  await session.change(`CREATE DATABASE IF NOT EXISTS ${quoteName(WORK_DATABASE)} CHARACTER SET utf8mb4`);
  const name = 'VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';
  await session.change(`CREATE TABLE IF NOT EXISTS ${TABLES} (of_table ${name} PRIMARY KEY) ENGINE=InnoDB`);
  await session.change(
    `CREATE TABLE IF NOT EXISTS ${SAMPLES} (of_table ${name} PRIMARY KEY, sampled BIGINT NOT NULL) ENGINE=InnoDB`,
  );
  await session.change(
    `CREATE TABLE IF NOT EXISTS ${DOCUMENTS} (of_table ${name}, of_column ${name}, counts LONGTEXT NOT NULL, PRIMARY KEY (of_table, of_column)) ENGINE=InnoDB`,
  );
  await session.change(
    `CREATE TABLE IF NOT EXISTS ${ROWS} (of_table ${name}, place INT, row_key LONGTEXT, marks LONGTEXT, PRIMARY KEY (of_table, place)) ENGINE=InnoDB`,
  );
  await session.change(
    `CREATE TABLE IF NOT EXISTS ${NAMES} (mark BIGINT, is_whole TINYINT, PRIMARY KEY (mark, is_whole)) ENGINE=InnoDB`,
  );
  await session.change(
    `CREATE TABLE IF NOT EXISTS ${CASES} (of_table ${name}, of_column ${name}, counts LONGTEXT, PRIMARY KEY (of_table, of_column)) ENGINE=InnoDB`,
  );
}

export async function isTaken(session: Session, table: string): Promise<boolean> {
  return (await session.rows(`SELECT 1 FROM ${TABLES} WHERE of_table = ?`, [table])).length > 0;
}

/** All of it or nothing: one wait for the disk instead of one for each batch. */
export async function putTable(
  session: Session,
  {
    table,
    rows,
    names,
    sampled,
  }: { table: string; rows: readonly MarkedRow[]; names: NameMarks /** Rows that it was taken of. */; sampled: number },
): Promise<void> {
  await session.change('START TRANSACTION');
  await inBatches(
    rows.map((row, place) => [table, place, keyText(row.key), JSON.stringify(row.marks)]),
    async (batch) => {
      await session.change(`REPLACE INTO ${ROWS} VALUES ${batch.map(() => '(?, ?, ?, ?)').join(', ')}`, batch.flat());
    },
  );
  const marks = [...[...names.names].map((mark) => [mark, 1]), ...[...names.beginnings].map((mark) => [mark, 0])];
  await inBatches(marks, async (batch) => {
    await session.change(`INSERT IGNORE INTO ${NAMES} VALUES ${batch.map(() => '(?, ?)').join(', ')}`, batch.flat());
  });
  await session.change(`REPLACE INTO ${SAMPLES} VALUES (?, ?)`, [table, sampled]);
  await session.change(`INSERT IGNORE INTO ${TABLES} VALUES (?)`, [table]);
  await session.change('COMMIT');
}

async function inBatches<T>(items: readonly T[], put: (batch: readonly T[]) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += BATCH) {
    await put(items.slice(at, at + BATCH));
  }
}

export async function findNames(session: Session): Promise<NameMarks> {
  const rows = await session.rows(`SELECT mark, is_whole FROM ${NAMES}`);
  const marks = (isWhole: number) =>
    new Set(rows.filter(({ is_whole }) => Number(is_whole) === isWhole).map(({ mark }) => Number(mark)));
  return { names: marks(1), beginnings: marks(0) };
}

/** Of how many rows of each table names were taken. */
export async function findMarked(session: Session): Promise<ReadonlyMap<string, number>> {
  const rows = await session.rows(`SELECT of_table, sampled FROM ${SAMPLES}`);
  return new Map(rows.map(({ of_table, sampled }) => [String(of_table), Number(sampled)]));
}

export async function findRows(session: Session, table: string): Promise<readonly MarkedRow[]> {
  const rows = await session.rows(`SELECT row_key, marks FROM ${ROWS} WHERE of_table = ? ORDER BY place`, [table]);
  return rows.map(({ row_key, marks }) => ({
    key: keyOf(String(row_key)),
    marks: JSON.parse(String(marks)) as (number | null)[],
  }));
}

/** In the place of what was there. */
export async function putCases(session: Session, { table, column, counts }: CaseCounts): Promise<void> {
  await session.change(`REPLACE INTO ${CASES} VALUES (?, ?, ?)`, [table, column, JSON.stringify(counts)]);
}

export async function findCases(session: Session): Promise<readonly CaseCounts[]> {
  const rows = await session.rows(`SELECT of_table, of_column, counts FROM ${CASES}`);
  return rows.map(({ of_table, of_column, counts }) => ({
    table: String(of_table),
    column: String(of_column),
    counts: JSON.parse(String(counts)) as number[],
  }));
}

function keyText(key: SqlRow): string {
  return JSON.stringify(
    Object.entries(key).map(([name, value]) => [name, Buffer.isBuffer(value) ? { hex: value.toString('hex') } : value]),
  );
}

function keyOf(text: string): SqlRow {
  const entries = JSON.parse(text) as [string, string | number | null | { hex: string }][];
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? Buffer.from(value.hex, 'hex') : value,
    ]),
  );
}

/** Numbers about a column's documents, before they were masked. */
export async function putDocuments(
  session: Session,
  { table, column, counts }: { table: string; column: string; counts: object },
): Promise<void> {
  await session.change(`REPLACE INTO ${DOCUMENTS} VALUES (?, ?, ?)`, [table, column, JSON.stringify(counts)]);
}

export async function findDocuments(
  session: Session,
): Promise<readonly { readonly table: string; readonly column: string; readonly counts: unknown }[]> {
  const rows = await session.rows(`SELECT of_table, of_column, counts FROM ${DOCUMENTS} ORDER BY of_table, of_column`);
  return rows.map(({ of_table, of_column, counts }) => ({
    table: String(of_table),
    column: String(of_column),
    counts: JSON.parse(String(counts)) as unknown,
  }));
}
