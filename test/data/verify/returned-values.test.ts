import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Database } from '../../../src/data/mysql/session.ts';
import { readSchema } from '../../../src/data/schema/read-schema.ts';
import { scan } from '../../../src/data/verify/scan.ts';
import { takeFingerprints } from '../../../src/data/verify/take-fingerprints.ts';
import { WORK_DATABASE } from '../../../src/data/work-database.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { covered, type Masks } from '../../support/masked-database.ts';

const KEY = 'a key of the tests, of more than 32 characters';
const COLUMNS = `login VARCHAR(60), forename VARCHAR(40), town VARCHAR(40), phone VARCHAR(20), serial BIGINT, code VARCHAR(40),
  remark TEXT, ni_number VARCHAR(9), birth_date DATE, attributes JSON, team VARCHAR(20)`;
/** One table whose key is masked, one that has none. */
const TABLES = ['member', 'visit'];
const MASKED: Masks = {
  login: { kind: 'fake', of: 'login' },
  forename: { kind: 'fake', of: 'given-name' },
  town: { kind: 'fake', of: 'town' },
  phone: { kind: 'digits' },
  serial: { kind: 'digits' },
  code: { kind: 'hash', length: 12 },
  remark: { kind: 'text' },
  ni_number: { kind: 'digits' },
  birth_date: { kind: 'date-shift', maxDays: 90 },
  attributes: { kind: 'json', fields: [], others: 'text' },
  team: { kind: 'shuffle' },
};
const MASKS: Masks = Object.fromEntries(
  TABLES.flatMap((table) => Object.entries(MASKED).map(([column, mask]) => [`${table}.${column}`, mask])),
);
const COMPARED = ['login', 'forename', 'town', 'phone', 'serial', 'code', 'remark'];

let server: MariaDbServer;
let database: Database;

beforeAll(async () => {
  server = await startMariaDb();
}, 60_000);
afterAll(async () => await server.stop());
beforeEach(async () => {
  database = await openDatabase({ ...server, database: await server.createDatabase(), connections: 3 });
  await change(`CREATE TABLE member (${COLUMNS}, PRIMARY KEY (login))`);
  await change(`CREATE TABLE visit (${COLUMNS})`);
  for (const table of TABLES) {
    await change(`INSERT INTO ${table} SELECT CONCAT('gwen.', seq), ELT(1 + seq % 6, 'Gwenllian', 'Blodwen', 'Ifan', 'Tecwyn', 'Emma', 'Hugh'),
      ELT(1 + seq % 5, 'Llanelli', 'Swansea', 'Alderwold', 'Tenby', 'Mold'), CONCAT('0161496', 4960000 + seq), 50000000000 + seq * 7919,
      CONCAT('REF-', seq), CONCAT('Rang on day ', seq, ' about the van'), CONCAT('AB', LPAD(seq * 37, 6, '0'), 'C'),
      DATE '1950-01-01' + INTERVAL seq DAY, JSON_OBJECT('size', seq), CONCAT('Team ', seq % 7) FROM seq_1_to_400`);
  }
});
afterEach(async () => {
  await change(`DROP DATABASE IF EXISTS ${WORK_DATABASE}`);
  await database.close();
});

async function change(sql: string): Promise<void> {
  await database.withSession(async (session) => await session.change(sql));
}

/** What the masks leave, but for one column of one table, which is as it was. */
async function mask(but?: { table: string; column: string }): Promise<void> {
  const tables = covered(await readSchema(database), MASKS);
  await takeFingerprints({ database, schema: await readSchema(database), tables, key: KEY, workers: 2 });
  const sets: Record<string, string> = {
    login: "CONCAT('fake', LOWER(LEFT(SHA2(login, 256), 20)))",
    forename: "ELT(1 + CRC32(forename) % 3, 'Emma', 'Hugh', 'Joan')",
    town: "ELT(1 + CRC32(town) % 2, 'Alderwold', 'Heronport')",
    phone: "LPAD(CRC32(phone) * 7919 % 100000000000, 11, '0')",
    serial: '10000000000 + CRC32(serial) * 17',
    code: 'LEFT(SHA2(code, 256), 12)',
    remark: "'Lorem ipsum dolor.'",
    ni_number: "CONCAT('AB', LPAD(CRC32(ni_number) % 1000000, 6, '0'), 'C')",
    birth_date: 'birth_date + INTERVAL 13 DAY',
    attributes: 'attributes',
    team: "CONCAT('Team ', CRC32(code) % 7)",
  };
  for (const table of TABLES) {
    const set = Object.entries(sets).filter(([column]) => but?.table !== table || but.column !== column);
    await change(`UPDATE ${table} SET ${set.map(([column, sql]) => `${column} = ${sql}`).join(', ')}`);
  }
}

async function look(sampleRows = 10_000) {
  const schema = await readSchema(database);
  const tables = covered(schema, MASKS);
  return await scan({ database, schema, tables, key: KEY, sampleRows, allow: [] });
}

describeOnMariaDb('values of a table whose rows nobody knows again', () => {
  it('are not found where each was masked, though names, towns, dates and teams are some that were there before', async () => {
    await mask();
    expect((await look()).findings).toEqual([]);
  });

  it.each(TABLES.flatMap((table) => COMPARED.map((column) => ({ table, column }))))(
    'are found where $table.$column was not masked, with table and column',
    async ({ table, column }) => {
      await mask({ table, column });
      const { findings } = await look();
      expect(findings).toEqual([
        { table, column, detector: 'values of the original', rows: expect.any(Number), allowed: null },
      ]);
    },
  );

  it('are found where a single row was not masked', async () => {
    await mask();
    await change("UPDATE member SET forename = 'Gwenllian' ORDER BY login LIMIT 1");
    await change("UPDATE visit SET login = 'gwen.7' ORDER BY login LIMIT 1");
    expect((await look()).findings).toEqual([
      expect.objectContaining({ table: 'member', column: 'forename', rows: 1 }),
      expect.objectContaining({ table: 'visit', column: 'login', rows: 1 }),
    ]);
  });

  it('are found in the part that is looked at of a big table', async () => {
    await mask({ table: 'member', column: 'serial' });
    const { findings } = await look(40);
    expect(findings.map(({ table, column }) => `${table}.${column}`)).toEqual(['member.serial']);
  });

  it('are not compared where the mask may make them again, which is said with the reason', async () => {
    await mask();
    expect((await look()).uncompared).toEqual(
      TABLES.flatMap((table) => [
        {
          table,
          column: 'ni_number',
          reason: 'its rows are not known again, and the mask may make each value that was looked at',
        },
        { table, column: 'birth_date', reason: 'its rows are not known again, and a date may be shifted onto another' },
        { table, column: 'attributes', reason: 'its rows are not known again, and of a document much may stay' },
        { table, column: 'team', reason: 'its values are dealt anew among the rows' },
      ]),
    );
  });

  it('stand nowhere in the work database', async () => {
    const tables = covered(await readSchema(database), MASKS);
    await takeFingerprints({ database, schema: await readSchema(database), tables, key: KEY, workers: 2 });
    const rows = await database.withSession(
      async (session) => await session.rows(`SELECT * FROM ${WORK_DATABASE}.fingerprint_rows`),
    );
    expect(rows.length).toBe(800);
    const said = ['gwen', 'Llanelli', '0161496', 'REF-', 'Rang'].filter((value) =>
      JSON.stringify(rows).includes(value),
    );
    expect(said).toEqual([]);
  });
});
