import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import type { Database } from '../../../src/data/mysql/session.ts';
import { abortRun } from '../../../src/data/run/abort-run.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { ask, forget, HASH, mask, openFresh } from './masked-database.ts';

const CLOCK = { now: () => new Date(), wallMilliseconds: (seconds: number) => seconds * 1000 };
const RULES = { t: { columns: { said: HASH } } };

describeOnMariaDb('a database that is called as the work database is, and is somebody else’s', () => {
  let server: MariaDbServer;
  let database: Database;
  beforeAll(async () => {
    server = await startMariaDb();
  }, 60_000);
  afterAll(async () => await server.stop());
  beforeEach(async () => {
    await forget(server);
    database = await openFresh(server, [
      'CREATE TABLE t (id INT PRIMARY KEY, said VARCHAR(64))',
      "INSERT INTO t VALUES (1, 'a')",
    ]);
    await ask(database, 'CREATE DATABASE mayfly_work');
  });

  const abort = async () =>
    await abortRun({ database, chunkRows: 100, clock: CLOCK, signal: new AbortController().signal });

  it.each([
    ['a table', 'CREATE TABLE mayfly_work.payroll (id INT)', 'payroll'],
    ['a table beside what a run makes', 'CREATE TABLE mayfly_work.payroll AS SELECT 1 AS id', 'payroll'],
    ['a table called as the journal', 'CREATE TABLE mayfly_work.run (kilometres INT)', 'run'],
    ['a view', 'CREATE VIEW mayfly_work.today AS SELECT CURRENT_DATE', 'today'],
    ['a procedure', 'CREATE PROCEDURE mayfly_work.tidy() SELECT 1', 'tidy'],
  ])('is left alone with %s in it, and named', async (_, statement, name) => {
    if (name === 'payroll') {
      await ask(database, 'CREATE TABLE mayfly_work.stage_0 (id INT)');
    }
    await ask(database, statement);

    const refusal = {
      reason: 'WorkOfOthers',
      message: expect.stringMatching(new RegExp(`mayfly_work.*\\b${name}\\b`)),
    };
    await expect(abort()).rejects.toMatchObject(refusal);
    await expect(mask(database, RULES)).rejects.toMatchObject(refusal);
    expect(await ask(database, 'SELECT said FROM t')).toEqual([{ said: 'a' }]);
    expect(await ask(database, "SHOW DATABASES LIKE 'mayfly_work'")).toHaveLength(1);
    await database.close();
  });

  it.each([
    ['nothing', []],
    ['what a run that was killed at once had made', ['triggers (position INT)', 'tables (number INT)']],
    [
      'what is left of a run whose end was cut off',
      ['stage_1 (id INT)', 'map_0 (o INT)', 'map_0_open (o INT)', 'deal_1_2_from (t INT)', 'fingerprint_rows (i INT)'],
    ],
  ])('is none with %s in it', async (_, tables) => {
    for (const table of tables) {
      await ask(database, `CREATE TABLE mayfly_work.${table}`);
    }

    expect(await abort()).toBeUndefined();
    expect(await ask(database, "SHOW DATABASES LIKE 'mayfly_work'")).toEqual([]);
    expect((await mask(database, RULES)).counts).toEqual([{ table: 't', before: 1, after: 1 }]);
    await database.close();
  });
});
