import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Session } from '../../../src/data/mysql/session.ts';
import { createDatabaseUsers } from '../../../src/data/users/database-users.ts';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import type { DatabasePlace } from '../../../src/reconcile/database/database-look.ts';
import { UNREACHED } from '../../../src/reconcile/database/database-users.ts';
import { createCertificate } from '../../support/certificate.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';

/** What the master user of Aurora MySQL has (Aurora User Guide, master user account privileges), as far as MariaDB knows it. */
const OF_A_MASTER =
  'ALTER, ALTER ROUTINE, CREATE, CREATE ROUTINE, CREATE TEMPORARY TABLES, CREATE USER, CREATE VIEW, DELETE, DROP, EVENT, ' +
  'EXECUTE, INDEX, INSERT, LOCK TABLES, PROCESS, REFERENCES, RELOAD, SELECT, SHOW DATABASES, SHOW VIEW, TRIGGER, UPDATE, ' +
  'DELETE HISTORY, SET USER';

let server: MariaDbServer;
let master: DatabasePlace;
const user = { name: 'mayfly_pr_7', password: 'Abc123', database: 'shop_a' };
const users = createDatabaseUsers();

beforeAll(async () => {
  server = await startMariaDb();
  master = { host: '127.0.0.1', port: server.port, user: 'admin', password: 'of-the-master' };
  await asRoot(async (session) => {
    await session.change("CREATE USER 'admin'@'%' IDENTIFIED BY 'of-the-master'");
    await session.change(`GRANT ${OF_A_MASTER} ON *.* TO 'admin'@'%' WITH GRANT OPTION`);
    for (const name of ['shop_a', 'shopXa', 'other']) {
      await session.change(`CREATE DATABASE ${name}`);
      await session.change(`CREATE TABLE ${name}.there (id INT)`);
    }
  });
}, 60_000);
afterAll(async () => await server.stop());

async function asRoot<T>(work: (session: Session) => Promise<T>): Promise<T> {
  return await as({ user: server.user, password: server.password, database: 'mysql' }, work);
}

/** Over the network, as a service comes. */
async function as<T>(
  who: { user: string; password: string; database: string },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({ host: '127.0.0.1', port: server.port, ...who, connections: 1 });
  try {
    return await database.withSession(work);
  } finally {
    await database.close();
  }
}

/** What becomes of a statement of the user's. */
async function tried(statement: string, given = user): Promise<string> {
  try {
    const who = { user: given.name, password: given.password, database: given.database };
    await as(who, async (session) => await session.change(statement));
    return 'done';
  } catch (error) {
    return (error as TerminalError).reason;
  }
}

async function grantsOf(name: string): Promise<string[]> {
  const rows = await asRoot(async (session) => await session.rows(`SHOW GRANTS FOR '${name}'@'%'`));
  return rows.map((row) => String(Object.values(row)[0]).replace(/ IDENTIFIED BY PASSWORD .*/, ''));
}

describeOnMariaDb('a user of a schema', () => {
  it('may do everything there, and nothing in a schema whose name is like it, in another, or in the server’s own', async () => {
    await users.give(master, user);
    expect(await tried('CREATE TABLE person (id INT PRIMARY KEY)')).toBe('done');
    expect(await tried('INSERT INTO shop_a.person VALUES (1)')).toBe('done');
    expect(await tried('CREATE VIEW people AS SELECT * FROM person')).toBe('done');
    expect(await tried('DROP VIEW people')).toBe('done');
    const denied = [
      'SELECT * FROM shopXa.there',
      'INSERT INTO other.there VALUES (1)',
      'CREATE DATABASE theirs',
      'SELECT * FROM mysql.user',
      "CREATE USER 'another'@'%'",
      "GRANT ALL ON shop_a.* TO 'admin'@'%'",
      "SET PASSWORD FOR 'admin'@'%' = PASSWORD('x')",
    ];
    for (const statement of denied) {
      expect({ statement, is: await tried(statement) }).toEqual({ statement, is: 'AccessDenied' });
    }
    expect(await grantsOf(user.name)).toEqual([
      'GRANT USAGE ON *.* TO `mayfly_pr_7`@`%`',
      'GRANT ALL PRIVILEGES ON `shop\\_a`.* TO `mayfly_pr_7`@`%`',
    ]);
  });

  it('is the same when it is made again, and has the password that was given last', async () => {
    await users.give(master, user);
    const before = await grantsOf(user.name);
    const other = { ...user, password: "it's `quoted` \\ ?" };
    await users.give(master, other);
    expect(await grantsOf(user.name)).toEqual(before);
    expect(await tried('SELECT 1', other)).toBe('done');
    expect(await tried('SELECT 1', user)).toBe('AccessDenied');
  });

  it('may use the schema that it is given, and no more the one before', async () => {
    const moved = { ...user, database: 'other' };
    await users.give(master, moved);
    expect(await tried('SELECT * FROM other.there', moved)).toBe('done');
    expect(await tried('SELECT * FROM shop_a.there', moved)).toBe('AccessDenied');
  });

  it('may make the schema, where there is none yet', async () => {
    const early = { name: 'mayfly_pr_8', password: 'Abc123', database: 'later' };
    await users.give(master, early);
    const who = { user: early.name, password: early.password, database: 'information_schema' };
    await as(who, async (session) => await session.change('CREATE DATABASE later'));
    expect(await tried('CREATE TABLE t (id INT)', early)).toBe('done');
  });

  it('has nothing of one of its name that came along with the data', async () => {
    const taken = { ...user, name: 'mayfly_pr_9' };
    await asRoot(async (session) => {
      await session.change('CREATE ROLE everything');
      await session.change('GRANT ALL ON *.* TO everything');
      await session.change(`CREATE USER '${taken.name}'@'%' IDENTIFIED BY 'theirs' REQUIRE SSL ACCOUNT LOCK`);
      await session.change(`GRANT ALL ON other.* TO '${taken.name}'@'%' WITH GRANT OPTION`);
      await session.change(`GRANT everything TO '${taken.name}'@'%'`);
      await session.change(`SET DEFAULT ROLE everything FOR '${taken.name}'@'%'`);
      await session.change(`CREATE USER '${taken.name}'@'127.0.0.1' IDENTIFIED BY 'theirs'`);
      await session.change(`GRANT ALL ON *.* TO '${taken.name}'@'127.0.0.1'`);
    });
    await users.give(master, taken);
    expect(await tried('SELECT * FROM shop_a.there', taken)).toBe('done');
    expect(await tried('SELECT * FROM other.there', taken)).toBe('AccessDenied');
    expect(await tried('SELECT 1', { ...taken, password: 'theirs' })).toBe('AccessDenied');
    expect(await grantsOf(taken.name)).toHaveLength(2);
  });
});

describeOnMariaDb('a user of a schema that cannot be made', () => {
  const give = async (place: DatabasePlace, limitMs?: number): Promise<Error> => {
    const making = createDatabaseUsers(limitMs === undefined ? {} : { limitMs });
    return await making.give(place, { ...user, password: 'SecretOfTheUser' }).then(
      () => new Error('it was made'),
      (error: Error) => error,
    );
  };
  const told = (error: Error): string => JSON.stringify([error.message, error.stack, error, error.cause]);

  it('is refused by a server that does not know the master, or lets it make no users, and tells no password', async () => {
    await asRoot(async (session) => await session.change("CREATE USER 'lesser'@'%' IDENTIFIED BY 'of-the-lesser'"));
    const places = [
      { ...master, password: 'not-it-at-all' },
      { ...master, user: 'lesser', password: 'of-the-lesser' },
    ];
    for (const place of places) {
      const error = await give(place);
      expect(error).toBeInstanceOf(TerminalError);
      expect(error).toMatchObject({ reason: 'AccessDenied' });
      expect(told(error)).not.toMatch(/not-it-at-all|of-the-lesser|SecretOfTheUser/);
    }
  });

  it('is waited for where there is no server, or no such name yet', async () => {
    for (const place of [
      { ...master, port: 1 },
      { ...master, host: 'nowhere.invalid' },
    ]) {
      const error = await give(place);
      expect(error).toBeInstanceOf(TransientError);
      expect(UNREACHED).toContain((error as TransientError).reason);
      expect(told(error)).not.toMatch(/of-the-master|SecretOfTheUser/);
    }
  });

  it('is not made where certificates were given and the server does not prove itself', async () => {
    const making = createDatabaseUsers({ certificates: createCertificate('localhost').certificate });
    const refused = { name: 'TerminalError', reason: expect.stringMatching(/^(NoTls|Untrusted)$/) };
    await expect(making.give(master, user)).rejects.toMatchObject(refused);
  });

  it('is waited for where somebody listens and says nothing', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const sockets = new Set<{ destroy(): void }>();
    silent.on('connection', (socket) => sockets.add(socket));
    const error = await give({ ...master, port: (silent.address() as AddressInfo).port }, 200);
    expect(error).toMatchObject({ name: 'TransientError', reason: 'NoAnswer' });
    for (const socket of sockets) {
      socket.destroy();
    }
    silent.close();
  });
});
