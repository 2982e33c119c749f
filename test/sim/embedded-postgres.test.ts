import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { type PostgresServer, startPostgres } from '../../sim/postgres/embedded-postgres.ts';
import { OPENING_MS, reportMissing } from '../support/database.ts';

const postgres = await startPostgres().catch((error: unknown) => ({ error }));
if ('error' in postgres) {
  reportMissing(postgres.error);
} else {
  defineTests(postgres);
}

function defineTests(server: PostgresServer): void {
  jest.setTimeout(OPENING_MS);
  afterAll(async () => await server.stop());

  describe('a Postgres server for one run', () => {
    it('gives everybody who asks at once a database of their own', async () => {
      const urls = await Promise.all(Array.from({ length: 4 }, async () => await server.createDatabase()));

      expect(new Set(urls).size).toBe(4);
    });
  });
}
