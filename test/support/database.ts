import { afterAll, describe, it } from '@jest/globals';
import { sql } from 'kysely';
import { startPostgres } from '../../sim/postgres/embedded-postgres.ts';
import { type Database, openDatabase } from '../../src/store/open.ts';

/** One database that nothing else uses. Whatever of it is open at the end of the tests is closed then. */
export interface TestDatabase {
  /** For another process; undefined on PGlite. */
  readonly databaseUrl: string | undefined;
  /** Opens it once more each time, as another process would. PGlite can be opened once. */
  open(): Promise<Database>;
}

export interface TestEngine {
  readonly name: 'PGlite' | 'Postgres';
  /** With every table in it, unless it is to be `empty`. PGlite's is always empty. */
  createDatabase(options?: { empty?: boolean }): Promise<TestDatabase>;
}

/** For hooks that open a database: PGlite's first start takes three seconds, and many times that on a busy machine. */
export const OPENING_MS = 60_000;

/**
 * Defines the tests once for PGlite and once for a real Postgres. A machine that cannot run Postgres has one skipped
 * test in its place, which says why; in CI, where `CI` is set, that is a failure.
 */
export async function describeEngines(define: (engine: TestEngine) => void): Promise<void> {
  describe('on PGlite', () => {
    const databases = createOpened();
    const open = async () => await databases.open({ dataDir: 'memory://' });
    afterAll(databases.close, OPENING_MS);
    define({ name: 'PGlite', createDatabase: async () => ({ databaseUrl: undefined, open }) });
  });
  await describePostgres(define);
}

/** The same for what needs several processes on one database. */
export async function describePostgres(define: (engine: TestEngine) => void): Promise<void> {
  const server = await startPostgres().catch((error: unknown) => ({ error }));
  if ('error' in server) {
    reportMissing(server.error);
    return;
  }
  describe('on Postgres', () => {
    const databases = createOpened();
    afterAll(async () => {
      await databases.close();
      await server.stop();
    }, OPENING_MS);
    define({
      name: 'Postgres',
      async createDatabase(options) {
        const databaseUrl = await server.createDatabase(options);
        return { databaseUrl, open: async () => await databases.open({ databaseUrl, dataDir: '' }) };
      },
    });
  });
}

/** Takes away all that tests may have left, except the history, which no statement can shorten. No queue may be at work. */
export async function emptyDatabase({ boss, kysely }: Database): Promise<void> {
  await boss.deleteAllJobs();
  await sql`truncate environments, slot_claims, resources, publications, deliveries, inbox, undelivered, failures`.execute(
    kysely,
  );
}

/** Remembers what was asked for rather than what came: a hook that ran out of time must not leave a database open. */
function createOpened() {
  const opened: Promise<Database>[] = [];
  return {
    async open(options: Parameters<typeof openDatabase>[0]): Promise<Database> {
      const database = openDatabase(options);
      opened.push(database);
      return await database;
    },
    async close(): Promise<void> {
      for (const database of await Promise.allSettled(opened)) {
        if (database.status === 'fulfilled') {
          await database.value.close();
        }
      }
    },
  };
}

/** One skipped test that says why; in CI a failure. */
export function reportMissing(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  if (process.env['CI']) {
    it('has a Postgres to run on', () => {
      throw new Error('this machine cannot run Postgres', { cause: error });
    });
  } else {
    it.skip(`this machine cannot start a Postgres (${reason})`, () => undefined);
  }
}
