import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { compileMask } from '../../../src/data/masks/compile-mask.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Database } from '../../../src/data/mysql/session.ts';
import { FAKE_KINDS } from '../../../src/data/rules/mask-schema.ts';
import type { Mask } from '../../../src/data/rules/rule-set.ts';
import { readSchema } from '../../../src/data/schema/read-schema.ts';
import { scan } from '../../../src/data/verify/scan.ts';
import { takeFingerprints } from '../../../src/data/verify/take-fingerprints.ts';
import { KEY_VARIABLE, WORK_DATABASE } from '../../../src/data/work-database.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { covered } from '../../support/masked-database.ts';

const KEY = 'a key of the tests, of more than 32 characters';
const ROWS = 3000;
let server: MariaDbServer;
let database: Database;

beforeAll(async () => {
  server = await startMariaDb();
  database = await openDatabase({ ...server, database: await server.createDatabase(), connections: 3 });
}, 60_000);
afterAll(async () => {
  await database.close();
  await server.stop();
});

const ORIGINALS: Record<string, string> = {
  digits: "CONCAT('0', 7912000000 + id * 7919)",
  hash: "CONCAT('a long value ', id)",
  text: "CONCAT('Gwen', id, ' Pritchard rang about 07912 345678 in SA1 2AB')",
};

const MASKS: readonly Mask[] = [
  ...FAKE_KINDS.map((of) => ({ kind: 'fake', of }) as const),
  { kind: 'digits' },
  { kind: 'hash', length: 11 },
  { kind: 'text' },
];

describeOnMariaDb('scanning what the masks make', () => {
  it.each([
    ...MASKS.map((mask) => ({ mask, name: JSON.stringify(mask), key: 'with a key', id: 'INT PRIMARY KEY' })),
    ...MASKS.map((mask) => ({ mask, name: JSON.stringify(mask), key: 'without a key', id: 'INT' })),
  ])('finds nothing in thousands of values of $name, $key', async ({ mask, id }) => {
    const original = ORIGINALS[mask.kind] ?? "CONCAT('Gwenllian', id, ' Pritchard')";
    await database.withSession(async (session) => {
      await session.change(`DROP DATABASE IF EXISTS ${WORK_DATABASE}`);
      await session.change(`CREATE OR REPLACE TABLE t (id ${id}, v VARCHAR(120), plain VARCHAR(120))`);
      await session.change(
        `INSERT INTO t WITH RECURSIVE n AS (SELECT 1 AS id UNION ALL SELECT id + 1 FROM n WHERE id < 1000)
         SELECT a.id + 1000 * b.id, '', '' FROM n AS a JOIN n AS b ON b.id <= ${ROWS / 1000}`,
      );
      await session.change(`UPDATE t SET v = ${original}`);
    });
    const schema = await readSchema(database);
    const tables = covered(schema, { 't.v': mask });
    const column = schema.tables[0]?.columns[1];
    const compiled = column && compileMask({ table: 't', column, mask, domain: mask.kind });
    if (compiled === undefined || 'problem' in compiled) {
      throw new Error(compiled?.problem ?? 'no such column');
    }
    await takeFingerprints({ database, schema, tables, key: KEY, workers: 1 });
    await database.withSession(async (session) => {
      await session.remember(KEY_VARIABLE, KEY);
      await session.change(`UPDATE t SET v = ${compiled.sql}`);
    });
    const { findings, rows } = await scan({ database, schema, tables, key: KEY, sampleRows: 10_000, allow: [] });
    expect({ findings, rows }).toEqual({ findings: [], rows: ROWS });
  });
});
