import { readFile } from 'node:fs/promises';
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

  it.each([
    ['a port that nobody listens at', { port: 1 }, 'no server answers at 127.0.0.1:1'],
    ['a socket that is not there', { socket: '/nowhere/mysqld.sock' }, 'no server answers at /nowhere/mysqld.sock'],
    ['a host that is not there', { host: 'nowhere.invalid' }, 'nowhere.invalid'],
  ])('%s is named to whoever gave it, and to nobody else', async (_what, wrong, says) => {
    const { host, port, user, password } = server;
    const address = { host, port, user, password, database: 'test_1', connections: 1, ...wrong };
    await expect(openDatabase({ ...address, isNamed: true })).rejects.toThrow(says);
    await expect(openDatabase(address)).rejects.not.toThrow(says);
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

  it('notices within the minute when the machine of the server is gone without a word', async () => {
    const { socket: _, ...address } = server;
    const distant = await openDatabase({ ...address, database: database.name, connections: 1 });
    const [seconds, ...others] = keepAliveSeconds(await readFile('/proc/net/tcp', 'utf8'), server.port);
    await distant.close();
    expect({ seconds, others }).toEqual({ seconds: expect.any(Number), others: [] });
    expect(seconds).toBeLessThan(60);
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

/** When each idle connection to the port is asked whether anybody is there; Linux's proc_net_tcp, timers of kind 2. */
function keepAliveSeconds(sockets: string, port: number): number[] {
  const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return sockets
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , to = '', state]) => to.endsWith(remote) && state === '01')
    .flatMap(([, , , , , timer = '']) =>
      timer.startsWith('02:') ? [Number.parseInt(timer.slice(3), 16) / 100] : [7200],
    );
}
