import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { sessionKey } from '../../../src/data/work-database.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import {
  anonymise,
  ask,
  createShop,
  type Desk,
  differences,
  dump,
  forget,
  KEY,
  openDesk,
  SHOP_RULES,
  start,
} from './stranger.ts';

const execute = promisify(execFile);

const PASSWORD = 'a password that stands nowhere';
const IN_SESSIONS = sessionKey(KEY).toString('hex');
/** What sessions have of the key, as a log could have it. */
const SECRETS = [KEY, PASSWORD, IN_SESSIONS, IN_SESSIONS.toUpperCase(), sessionKey(KEY).toString('latin1')];
const PRIVILEGES = 'SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, TRIGGER';

describeOnMariaDb('key and password', () => {
  let server: MariaDbServer;
  let desk: Desk;
  let log: string;
  beforeAll(async () => {
    desk = await openDesk();
    log = join(desk.path, 'general.log');
    server = await startMariaDb({
      settings: [`--general-log-file=${log}`, '--long-query-time=0', `--slow-query-log-file=${log}.slow`],
    });
    await ask(server, 'mysql', `CREATE USER masker@'127.0.0.1' IDENTIFIED BY '${PASSWORD}'`);
    await ask(server, 'mysql', "GRANT ALL ON mayfly_work.* TO masker@'127.0.0.1'");
    for (const table of ['general_log', 'slow_log', 'column_stats']) {
      await ask(server, 'mysql', `GRANT SELECT ON mysql.${table} TO masker@'127.0.0.1'`);
    }
    await ask(server, 'mysql', "GRANT SET USER ON *.* TO masker@'127.0.0.1'");
    await ask(server, 'mysql', 'SET GLOBAL general_log = 1, slow_query_log = 1');
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await desk.close();
  });

  function expectNoSecret(texts: readonly string[]): void {
    for (const text of texts) {
      const found = SECRETS.flatMap((secret) => text.split('\n').filter((line) => line.includes(secret)));
      expect(found).toEqual([]);
    }
  }

  it('are not written into a log that this user may not leave: it is refused', async () => {
    const database = await createShop(server);
    await ask(server, 'mysql', `GRANT ${PRIVILEGES} ON ${database}.* TO masker@'127.0.0.1'`);
    const before = await dump(server, database);
    const ended = await anonymise(server, desk, { database, rules: SHOP_RULES, user: 'masker', password: PASSWORD });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('turn general_log off') });
    expect(differences(await dump(server, database), before)).toEqual([]);
    expectNoSecret([await readFile(log, 'latin1')]);
    await forget(server);
  }, 20_000);

  it('stand in no list of processes, no message, and no log of the server', async () => {
    const database = await createShop(server);
    await ask(server, 'mysql', `GRANT ${PRIVILEGES} ON ${database}.* TO masker@'127.0.0.1'`);
    await ask(server, 'mysql', "GRANT SUPER ON *.* TO masker@'127.0.0.1'");
    const running = start(server, desk, {
      database,
      rules: SHOP_RULES,
      args: ['--chunk-rows', '1', '--json'],
      user: 'masker',
      password: PASSWORD,
    });
    const seen: string[] = [];
    let isOver = false;
    const result = running.result.finally(() => (isOver = true));
    while (!isOver) {
      seen.push(JSON.stringify(await ask(server, 'mysql', 'SHOW FULL PROCESSLIST')));
      seen.push((await execute('ps', ['-eo', 'args'])).stdout);
    }
    const { code, stdout, stderr } = await result;
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(seen.some((text) => text.includes('src/cli.ts anonymise --database'))).toBe(true);
    const logs = [await readFile(log, 'latin1'), await readFile(`${log}.slow`, 'latin1')];
    // Both tell of the run.
    expect(logs.every((text) => text.includes('mayfly_work'))).toBe(true);
    expectNoSecret([...seen, stdout, stderr, ...logs]);
  }, 30_000);
});
