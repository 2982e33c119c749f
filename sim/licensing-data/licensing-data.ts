import { readdir, readFile } from 'node:fs/promises';
import { escapeId, escape as literal } from 'mysql2';
import { CASES } from './rows/cases.ts';
import { LICENCES } from './rows/licences.ts';
import { LISTS } from './rows/lists.ts';
import { PEOPLE } from './rows/people.ts';
import { WRITING } from './rows/writing.ts';
import { rowOf, sizeOf, type TableData, type World } from './table-data.ts';

/** Runs one statement of a session: always the same, as its variables are set. */
export type RunStatement = (sql: string) => Promise<unknown>;

export interface LicensingOptions {
  /** Of each big table: people, addresses, vehicles, events. The others have a share of that. */
  readonly rows: number;
  readonly seed: number;
}

const TABLES: readonly TableData[] = [...LISTS, ...PEOPLE, ...LICENCES, ...CASES, ...WRITING];
const AT_ONCE = 500;
/** Rows beyond so many are copies that the server makes. */
const WRITTEN_AT_MOST = 20_000;
const SCHEMA = new URL('./schema/', import.meta.url);

/**
 * Fills the session's database, which is empty, with the tables of a licensing authority and what could stand in them:
 * the same for the same options. All that looks like somebody's is put together and is nobody's.
 */
export async function createLicensingData(run: RunStatement, { rows, seed }: LicensingOptions): Promise<void> {
  await run("SET time_zone = '+00:00', timestamp = 1772355600, foreign_key_checks = 0");
  for (const statement of await licensingSchema()) {
    await run(statement);
  }
  const counts = new Map(TABLES.map((data) => [data.table, sizeOf(data, rows)]));
  const count = (table: string) => counts.get(table) ?? 0;
  const world: World = { seed, count, idIn: (table, draw) => 1 + draw.below(count(table)) };
  for (const data of TABLES) {
    const written = Math.min(count(data.table), WRITTEN_AT_MOST);
    for (let first = 1; first <= written; first += AT_ONCE) {
      await run(insert(data, { first, last: Math.min(written, first + AT_ONCE - 1) }, world));
    }
    await grow(run, data, { from: written, to: count(data.table) });
  }
  await run('SET foreign_key_checks = 1');
  for (const change of PAST) {
    await run(change);
  }
  await run('SET time_zone = DEFAULT, timestamp = DEFAULT');
}

/** Statements that make the tables, triggers and views, in an order in which they can be run. */
export async function licensingSchema(): Promise<string[]> {
  const files = (await readdir(SCHEMA)).filter((name) => name.endsWith('.sql')).sort();
  const texts = await Promise.all(files.map(async (name) => await readFile(new URL(name, SCHEMA), 'utf8')));
  return texts.flatMap((text) =>
    text
      .trim()
      .split(/;\n\n|;$/)
      .filter((part) => part.trim() !== ''),
  );
}

/** What the triggers write down, and rows that follow others. */
const PAST = [
  "UPDATE person SET version = 2, other_name = 'Smith-Jones' WHERE id <= 20000 AND id % 7 = 0",
  "UPDATE address SET version = 2, locality = '' WHERE id <= 20000 AND id % 11 = 0",
  'UPDATE contact_details SET version = 2, fao = NULL WHERE id <= 20000 AND id % 9 = 0',
  'UPDATE licence SET tachograph_ins_name = NULL WHERE id % 5 = 0',
  'UPDATE vehicle SET version = 2 WHERE id <= 20000 AND id % 13 = 0',
  'UPDATE user SET version = 2 WHERE id % 6 = 0',
  'UPDATE prohibition JOIN vehicle ON vehicle.id = prohibition.id * 3 SET prohibition.vrm = vehicle.vrm WHERE prohibition.id % 5 > 0',
  'DELETE FROM person WHERE id <= 20000 AND id % 53 = 0',
  'UPDATE change_of_entity SET old_licence_no = NULL WHERE old_licence_no NOT IN (SELECT lic_no FROM licence WHERE lic_no IS NOT NULL)',
];

function insert(data: TableData, { first, last }: { first: number; last: number }, world: World): string {
  const rows = Array.from({ length: last - first + 1 }, (_, index) => rowOf(data, first + index, world));
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => `(${columns.map((column) => literal(row[column])).join(', ')})`);
  return `INSERT INTO ${escapeId(data.table, true)} (${columns.map((name) => escapeId(name, true)).join(', ')}) VALUES\n${values.join(',\n')}`;
}

async function grow(run: RunStatement, data: TableData, { from, to }: { from: number; to: number }): Promise<void> {
  const columns = Object.keys(rowOf(data, 1, { seed: 0, count: () => 1, idIn: () => 1 }));
  const names = columns.map((name) => escapeId(name, true)).join(', ');
  for (let have = from; have < to; have += Math.min(have, to - have)) {
    const id = `(id + ${have})`;
    const copied = columns.map((name) => (name === 'id' ? id : (data.ofCopy?.[name]?.(id) ?? escapeId(name, true))));
    await run(
      `INSERT INTO ${escapeId(data.table, true)} (${names}) SELECT ${copied.join(', ')} FROM ${escapeId(data.table, true)} WHERE id <= ${Math.min(have, to - have)} ORDER BY id`,
    );
  }
}
