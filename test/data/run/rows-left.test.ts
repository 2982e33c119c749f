import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import type { Database } from '../../../src/data/mysql/session.ts';
import { abortRun } from '../../../src/data/run/abort-run.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { ask, DRAWN, forget, mask, openFresh } from './masked-database.ts';

const CLOCK = { now: () => new Date(), wallMilliseconds: (seconds: number) => seconds * 1000 };
const STATEMENTS = [
  "CREATE TABLE coded (code VARCHAR(20) PRIMARY KEY, said VARCHAR(9), up VARCHAR(20) AS (UPPER(code)) STORED, CONSTRAINT real_code CHECK (up LIKE 'P%'))",
  "INSERT INTO coded (code, said) SELECT CONCAT('p', seq), 'a' FROM seq_1_to_300",
  'CREATE TRIGGER told BEFORE UPDATE ON coded FOR EACH ROW SET NEW.said = OLD.said',
];

describeOnMariaDb('masked rows that their own table does not take', () => {
  let server: MariaDbServer;
  beforeAll(async () => {
    server = await startMariaDb();
  }, 60_000);
  afterAll(async () => await server.stop());
  beforeEach(async () => await forget(server));

  const abort = async (database: Database) =>
    await abortRun({ database, chunkRows: 100, clock: CLOCK, signal: new AbortController().signal });
  const stranded = async () => {
    const database = await openFresh(server, STATEMENTS);
    await expect(mask(database, { coded: { columns: { code: DRAWN } } })).rejects.toThrow(
      /table coded: .*check.* \(.*real_code.*\)\. The table is empty, its masked rows are in the work database/s,
    );
    return database;
  };

  it('are found before any is masked, where the check looks at no generated column', async () => {
    const database = await openFresh(server, [
      "CREATE TABLE letter (id INT PRIMARY KEY, area VARCHAR(20), kept VARCHAR(9) CHECK (kept <> ''), CONSTRAINT `o'd` CHECK (area REGEXP '^(p|q\\\\d)'), CHECK (area <> ''))",
      "INSERT INTO letter SELECT seq, CONCAT('p', seq), 'a' FROM seq_1_to_300",
    ]);
    const rules = { letter: { columns: { area: DRAWN } } };

    await expect(mask(database, rules)).rejects.toThrow(
      "table letter: a masked row would break its check o'd, and no row is masked yet.",
    );
    expect(await ask(database, "SELECT SUM(area = CONCAT('p', id)) AS same FROM letter")).toEqual([{ same: '300' }]);
    expect(await abort(database)).toMatchObject({ masked: [], partly: [] });
    await ask(database, "ALTER TABLE letter DROP CONSTRAINT `o'd`");
    expect((await mask(database, rules)).counts).toEqual([{ table: 'letter', before: 300, after: 300 }]);
    await database.close();
  });

  it('are set aside when the run is given up, and the next run begins', async () => {
    const database = await stranded();

    await expect(abort(database)).rejects.toMatchObject({
      reason: 'RowsLeft',
      details: [expect.stringMatching(/^table coded: all its rows, masked, are in the table mayfly_left_0_coded, and/)],
    });
    expect(await ask(database, 'SELECT COUNT(*) AS n FROM mayfly_left_0_coded')).toEqual([{ n: 300 }]);
    expect(await ask(database, 'SHOW TRIGGERS')).toHaveLength(1);
    expect(await ask(database, "SHOW DATABASES LIKE 'mayfly_work'")).toEqual([]);
    expect(await abort(database)).toBeUndefined();
    expect((await mask(database, {})).counts.map(({ table }) => table)).toEqual(['coded', 'mayfly_left_0_coded']);
    await database.close();
  });

  it('are named again by an abort whose own end was cut off', async () => {
    const database = await stranded();
    await ask(database, 'RENAME TABLE mayfly_work.stage_0 TO mayfly_left_0_coded');

    await expect(abort(database)).rejects.toMatchObject({
      details: [expect.stringContaining('are in the table mayfly_left_0_coded')],
    });
    expect(await ask(database, "SHOW DATABASES LIKE 'mayfly_work'")).toEqual([]);
    await database.close();
  });
});
