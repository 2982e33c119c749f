import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { createDatabaseLook } from '../../../src/data/look/database-look.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import { createCertificate } from '../../support/certificate.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';

let server: MariaDbServer;
beforeAll(async () => {
  server = await startMariaDb();
}, 60_000);
afterAll(async () => await server.stop());

describeOnMariaDb('who is connected to a database', () => {
  it('is told by user and host, without whoever asks', async () => {
    const place = { host: '127.0.0.1', port: server.port, user: server.user, password: server.password };
    const database = await openDatabase({ ...place, database: 'information_schema', connections: 2 });
    try {
      await database.withSession(async () => {
        await database.withSession(async () => {
          expect(await createDatabaseLook().connections(place)).toEqual([
            { user: server.user, host: expect.stringMatching(/^(127\.0\.0\.1|localhost)$/), sessions: 2 },
          ]);
        });
      });
    } finally {
      await database.close();
    }
  });

  it('is not known of a server that refuses, or that is not there', async () => {
    const place = { host: '127.0.0.1', port: server.port, user: 'nobody', password: 'not-it' };

    await expect(createDatabaseLook().connections(place)).rejects.toThrow(TerminalError);
    await expect(createDatabaseLook().connections({ ...place, port: 1 })).rejects.toThrow(TransientError);
  });
});

describeOnMariaDb('who is connected to a database, asked in TLS', () => {
  const [its, another, ofAnotherName] = ['localhost', 'localhost', 'db.example'].map(createCertificate);
  let directory: string;
  let secure: MariaDbServer;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mayfly-look-'));
    secure = await startMariaDb({ settings: await settingsOf(its) });
  }, 60_000);
  afterAll(async () => {
    await secure.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function settingsOf(one: typeof its): Promise<string[]> {
    const [certificate, key] = [join(directory, 'server.pem'), join(directory, 'key.pem')];
    await writeFile(certificate, one?.certificate ?? '');
    await writeFile(key, one?.key ?? '');
    return [`--ssl-cert=${certificate}`, `--ssl-key=${key}`, '--require-secure-transport=1'];
  }
  const placeOf = ({ port, user, password }: MariaDbServer) => ({ host: 'localhost', port, user, password });

  it('is told by a server that proves itself by the certificates given', async () => {
    const look = createDatabaseLook({ certificates: its?.certificate });
    expect(await look.connections(placeOf(secure))).toEqual([]);
  });

  it('is not asked of a server that does not, whose certificate is another’s, or that has none', async () => {
    const untrusted = { reason: 'Untrusted', message: expect.stringContaining('no certificate of its name') };
    const ask = async (certificates: string | undefined, of: MariaDbServer) =>
      await createDatabaseLook({ certificates }).connections(placeOf(of));
    await expect(ask(another?.certificate, secure)).rejects.toMatchObject(untrusted);
    await secure.kill();
    await secure.start(await settingsOf(ofAnotherName));
    await expect(ask(ofAnotherName?.certificate, secure)).rejects.toMatchObject(untrusted);
    await secure.kill();
    await secure.start(['--skip-ssl']);
    await expect(ask(its?.certificate, secure)).rejects.toMatchObject({ reason: 'NoTls' });
  }, 30_000);
});
