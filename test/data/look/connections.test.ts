import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { createDatabaseLook } from '../../../src/data/look/connections.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
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
