import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';

describeOnMariaDb('a MariaDB server of its own', () => {
  let server: MariaDbServer;
  beforeAll(async () => {
    server = await startMariaDb({ durable: true });
  }, 60_000);
  afterAll(async () => await server.stop());

  async function connect(database: string) {
    const { host, port, user, password } = server;
    return await mysql.createConnection({ host, port, user, password, database });
  }

  it('keeps what was committed when it is killed and started again', async () => {
    const database = await server.createDatabase();
    const before = await connect(database);
    before.on('error', () => undefined);
    await before.query('CREATE TABLE kept (id INT PRIMARY KEY, said TEXT)');
    await before.query("INSERT INTO kept VALUES (1, 'Dŵr 🚰')");
    await server.kill();
    await server.start();
    const after = await connect(database);
    const [rows] = await after.query('SELECT said FROM kept');
    expect(rows).toEqual([{ said: 'Dŵr 🚰' }]);
    await after.end();
  });

  it('lets nobody in without the password', async () => {
    const { host, port, user } = server;
    await expect(mysql.createConnection({ host, port, user })).rejects.toThrow('Access denied');
  });
});
