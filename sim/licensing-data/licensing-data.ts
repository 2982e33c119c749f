import { readdir, readFile } from 'node:fs/promises';
import { fillTable, type RunStatement } from './fill-table.ts';
import { CASES } from './rows/cases.ts';
import { LICENCES } from './rows/licences.ts';
import { LISTS } from './rows/lists.ts';
import { PEOPLE } from './rows/people.ts';
import { WRITING } from './rows/writing.ts';
import { sizeOf, type TableData, type World } from './table-data.ts';

export interface LicensingOptions {
  /** Of each big table: people, addresses, vehicles, events. The others have a share of that. */
  readonly rows: number;
  readonly seed: number;
}

const TABLES: readonly TableData[] = [...LISTS, ...PEOPLE, ...LICENCES, ...CASES, ...WRITING];
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
  const world = worldOf(new Map(TABLES.map((data) => [data.table, sizeOf(data, rows)])), seed);
  for (const data of TABLES) {
    await fillTable(run, data, world);
  }
  await run('SET foreign_key_checks = 1');
  for (const change of PAST) {
    await run(change);
  }
  await run('SET time_zone = DEFAULT, timestamp = DEFAULT');
}

/**
 * Some of the tables alone, each with so many rows, without foreign keys and triggers: what they refer to is not there.
 */
export async function createLicensingTables(
  run: RunStatement,
  { rows, seed }: { rows: ReadonlyMap<string, number>; seed: number },
): Promise<void> {
  const world = worldOf(new Map([...TABLES.map((data) => [data.table, 100] as const), ...rows]), seed);
  const statements = await licensingSchema();
  for (const data of TABLES.filter(({ table }) => rows.has(table))) {
    const statement = statements.find((text) => text.includes(`CREATE TABLE ${data.table} (`)) ?? '';
    await run(statement.replace(/,\n  CONSTRAINT [^\n]*?(?=,?\n)/g, ''));
    await fillTable(run, data, world);
  }
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

function worldOf(counts: ReadonlyMap<string, number>, seed: number): World {
  const count = (table: string) => counts.get(table) ?? 0;
  return { seed, count, idIn: (table, draw) => 1 + draw.below(count(table)) };
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
