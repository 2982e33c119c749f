import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import { quoteName } from '../../../src/data/mysql/quote-name.ts';
import type { Database } from '../../../src/data/mysql/session.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';

describeOnMariaDb('a database of a server', () => {
  let server: MariaDbServer;
  let database: Database;
  beforeAll(async () => {
    server = await startMariaDb();
    database = await openDatabase({ ...server, database: await server.createDatabase(), connections: 2 });
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const ask = async (sql: string) => await database.withSession(async (session) => await session.rows(sql));
  const failure = async (sql: string) =>
    await ask(sql).then(
      () => undefined,
      (error: Error) => error,
    );

  it('gives values as the server has them', async () => {
    const [row] = await ask(
      "SELECT 9007199254740993 AS big, 1.10 AS dec_, CAST('2020-01-02 03:04:05' AS DATETIME) AS at, X'00ff' AS raw, '🚰' AS said, NULL AS none",
    );
    expect(row).toEqual({
      big: '9007199254740993',
      dec_: '1.10',
      at: '2020-01-02 03:04:05',
      raw: Buffer.from([0, 255]),
      said: '🚰',
      none: null,
    });
  });

  it('begins each session alike, whatever the last one left', async () => {
    await database.withSession(async (session) => {
      await session.change('SET SESSION foreign_key_checks = 0, sql_mode = ""');
      await session.remember('mayfly_key', 'k'.repeat(32));
    });
    const [row] = await ask('SELECT @mayfly_key AS k, @@foreign_key_checks AS checks, @@sql_mode AS mode');
    expect(row).toMatchObject({ k: null, checks: 1 });
    expect(row?.['mode']).toContain('STRICT_ALL_TABLES');
  });

  it('remembers a key that is in no process list', async () => {
    await database.withSession(async (session) => {
      await session.remember('mayfly_key', 'secret-of-the-masks');
      expect(await session.rows('SELECT @mayfly_key AS k')).toEqual([{ k: 'secret-of-the-masks' }]);
    });
  });

  it('quotes any name', async () => {
    const name = quoteName('or`der 🚰');
    await database.withSession(
      async (session) => await session.change(`CREATE TABLE ${name.replace('🚰', '?')} (a INT)`),
    );
    expect(await ask('SHOW TABLES')).toHaveLength(1);
  });

  it('tells who has to act, and no value', async () => {
    await database.withSession(async (session) => {
      await session.change('CREATE TABLE u (said VARCHAR(9) UNIQUE)');
      await session.change("INSERT INTO u VALUES ('gwen')");
    });
    const twice = await failure("INSERT INTO u VALUES ('gwen')");
    expect(twice).toMatchObject({ name: 'TerminalError', reason: 'DuplicateValue', actor: 'operator' });
    expect(twice?.message).toContain('(said)');
    expect(JSON.stringify([twice, String(twice?.stack), twice?.cause])).not.toContain('gwen');
    expect(await failure("INSERT INTO u VALUES ('gwenllian fawr')")).toMatchObject({ reason: 'ValueTooLong' });
    expect(await failure('SELEC')).toMatchObject({ reason: 'SqlSyntax' });
    expect(await failure('SELECT 1 FROM nowhere')).toMatchObject({ reason: 'UnknownTable' });
  });

  it('says that a password or a database is wrong', async () => {
    const open = async (other: object) =>
      await openDatabase({ ...server, database: 'test_1', connections: 1, ...other });
    await expect(open({ password: 'no' })).rejects.toMatchObject({ reason: 'AccessDenied' });
    await expect(open({ database: 'none' })).rejects.toMatchObject({ reason: 'UnknownDatabase' });
  });

  it('calls a killed server and connection passing, and connects again', async () => {
    const lost = database.withSession(async (session) => {
      await session.rows('SELECT 1');
      await server.kill();
      await session.rows('SELECT 1');
    });
    await expect(lost).rejects.toMatchObject({ name: 'TransientError', reason: 'ConnectionLost' });
    await expect(ask('SELECT 1')).rejects.toMatchObject({ name: 'TransientError', reason: 'ConnectionLost' });
    await server.start();
    expect(await ask('SELECT 2 AS two')).toEqual([{ two: 2 }]);
  });
});
