import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { retryPassing } from '../../../src/data/run/retry-passing.ts';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { ask, DRAWN, dump, HASH, mask, openFresh, type TestRules } from './masked-database.ts';

const TABLE = [
  'CREATE TABLE t (id INT PRIMARY KEY, code VARCHAR(20) UNIQUE, said VARCHAR(64), much VARCHAR(400))',
  "INSERT INTO t SELECT seq, seq, 'a', REPEAT('x', 400) FROM seq_1_to_4000",
];
const FILLER = [
  'CREATE TABLE filler (id INT PRIMARY KEY, much VARCHAR(4000))',
  "INSERT INTO filler SELECT seq, REPEAT('x', 4000) FROM seq_1_to_1500",
];
const RULES: Readonly<Record<string, TestRules>> = { t: { columns: { code: DRAWN, said: HASH } } };

describeOnMariaDb('a server without room', () => {
  let roomy: MariaDbServer;
  let full: MariaDbServer;
  beforeAll(async () => {
    roomy = await startMariaDb();
    full = await startMariaDb({
      settings: ['--innodb-data-file-path=ibdata1:12M:autoextend:max:24M', '--innodb-file-per-table=0'],
    });
  }, 90_000);
  afterAll(async () => {
    await roomy.stop();
    await full.stop();
  });

  it('stops with a sentence, and goes on when there is room again', async () => {
    const expected = await openFresh(roomy, TABLE);
    await mask(expected, RULES);
    const filler = await openFresh(full, FILLER);
    const database = await openFresh(full, TABLE);
    await expect(mask(database, RULES)).rejects.toMatchObject({
      name: 'TerminalError',
      reason: 'DiskFull',
      actor: 'operator',
    });
    await ask(filler, 'DROP TABLE filler');
    await retryPassing(async () => await whenRoomIsBack(mask(database, RULES)), {
      clock: { now: () => new Date(), wallMilliseconds: (seconds) => seconds * 100 },
      signal: new AbortController().signal,
      progress: () => 0,
    });
    expect(await dump(full, database.name)).toBe(await dump(roomy, expected.name));
    for (const each of [filler, database, expected]) {
      await each.close();
    }
  }, 60_000);
});

/** InnoDB gives the room of a dropped table back in its own time. */
async function whenRoomIsBack(run: Promise<unknown>): Promise<void> {
  try {
    await run;
  } catch (error) {
    throw error instanceof TerminalError && error.reason === 'DiskFull'
      ? new TransientError(error.reason, error.message)
      : error;
  }
}
