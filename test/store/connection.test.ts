import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { startPostgres } from '../../sim/postgres/embedded-postgres.ts';
import { connectionTo } from '../../src/store/connection.ts';
import { type Database, openDatabase } from '../../src/store/open.ts';
import { createCertificate } from '../support/certificate.ts';
import { OPENING_MS, reportMissing } from '../support/database.ts';

// These wait for a database, which a busy machine makes long.
jest.setTimeout(30_000);

const ours = createCertificate('localhost');
const server = await startPostgres(ours).catch((error: unknown) => ({ error }));

let folder: string;
let caFile: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayfly-connection-'));
  caFile = join(folder, 'ca.pem');
  await writeFile(caFile, ours.certificate);
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

describe('a connection', () => {
  it('is what the URL says, all of it, when nothing stands beside it', async () => {
    const databaseUrl = 'postgres://u:p@h/d?sslmode=verify-full';
    expect(await connectionTo({ databaseUrl })).toEqual({ connectionString: databaseUrl });
  });

  it('has the parts of the URL, and the certificates, whose checks are not weakened', async () => {
    // secretlint-disable-next-line @secretlint/secretlint-rule-database-connection-string -- made up
    expect(await connectionTo({ databaseUrl: 'postgres://u%40x:p%2F@[::1]/d%20d', caFile })).toEqual({
      host: '::1',
      port: 5432,
      user: 'u@x',
      password: 'p/',
      database: 'd d',
      ssl: { ca: ours.certificate },
    });
  });

  it('is not tried with certificates that are not there, or are none', async () => {
    const none = join(folder, 'none.pem');
    await writeFile(none, ours.key);

    await expect(connectionTo({ databaseUrl: 'postgres://h/d', caFile: '/nowhere.pem' })).rejects.toThrow(
      'reading the certificates of the database /nowhere.pem',
    );
    await expect(connectionTo({ databaseUrl: 'postgres://h/d', caFile: none })).rejects.toThrow(
      `there is no certificate in ${none}`,
    );
  });
});

if ('error' in server) {
  reportMissing(server.error);
} else {
  afterAll(async () => await server.stop(), OPENING_MS);

  /** As the certificate has it; whichever address that resolves to. */
  const overName = async () => (await server.createDatabase()).replace('127.0.0.1', 'localhost');

  describe('to a server with a certificate', () => {
    it('is encrypted, the job queue’s too', async () => {
      const database = await openDatabase({ databaseUrl: await overName(), caFile, dataDir: '' });
      const connections = await connectionsOf(database);
      await database.close();

      expect(connections.map(({ ssl }) => ssl)).not.toContain(false);
      expect(connections.map(({ application }) => application)).toContainEqual(expect.stringMatching(/^pgboss/));
    });

    it('is refused when nobody whom we know vouches for the server', async () => {
      const foreign = join(folder, 'foreign.pem');
      await writeFile(foreign, createCertificate('localhost').certificate);
      const opening = openDatabase({ databaseUrl: await overName(), caFile: foreign, dataDir: '' });

      expect(await reasonOf(opening)).toContain('self-signed certificate');
    });
  });

  it('is made with the password that holds now, so that a rotation needs no restart', async () => {
    const databaseUrl = await server.createDatabase();
    const admin = await openDatabase({ databaseUrl, dataDir: '' });
    await sql`create role rotated superuser login password 'first'`.execute(admin.kysely);
    let known = 'first';
    const database = await openDatabase({
      databaseUrl: databaseUrl.replace(/\/\/[^@]+@127\.0\.0\.1/, '//rotated@localhost'),
      password: async () => await Promise.resolve(known),
      caFile,
      dataDir: '',
    });

    await sql`alter role rotated password 'second'`.execute(admin.kysely);
    await database.check();
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'rotated'`.execute(admin.kysely);
    await refused(database);
    known = 'second';
    await expect(database.check()).resolves.toBeUndefined();

    await database.close();
    await admin.close();
  });
}

/** Every connection to the database that is open now. */
async function connectionsOf({ kysely }: Database): Promise<readonly { ssl: boolean; application: string }[]> {
  const { rows } = await sql<{ ssl: boolean; application: string }>`
    select ssl, application_name as application from pg_stat_ssl join pg_stat_activity using (pid)
    where datname = current_database()`.execute(kysely);
  return rows;
}

/** Until the connections that were open are lost, which the pool may notice at a query, and a new one is not let in. */
async function refused(database: Database): Promise<void> {
  let reason = '';
  while (!reason.includes('password authentication failed')) {
    reason = await reasonOf(database.check());
  }
}

interface Failure {
  readonly message: string;
  readonly cause?: Failure;
}

/** All that the causes of a failure say; nothing when there was none. */
async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    const said: string[] = [];
    // An error of Node's own sockets is not of the tests' realm, so it is known by its shape.
    let failure = error as Failure | undefined;
    while (failure !== undefined) {
      said.push(failure.message);
      failure = failure.cause;
    }
    return said.join(': ');
  }
}
