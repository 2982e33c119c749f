import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import type { ClientBase } from 'pg';
import { type ConstructorOptions, fromPglite } from 'pg-boss';
import { connectionTo, type ServerAddress } from './connection.ts';
import { type DataLock, lockDataDirectory } from './data-lock.ts';
import type { StoreLog } from './log.ts';
import type { Tables } from './schema.ts';

/** A Postgres of one kind or the other, as the query builder and the job queue take it. */
export interface Engine {
  readonly kysely: Kysely<Tables>;
  readonly boss: ConstructorOptions;
  close(): Promise<void>;
}

/** As the data directory: nothing is written to disk and nothing survives. */
export const IN_MEMORY = 'memory://';

const INT8 = 20;
/** PGlite's default of 128 MB is taken whole from the process; this makes it 220 MB instead of 376 (measured). */
const SHARED_BUFFERS = 'shared_buffers=16MB';

/** A server that takes a connection and then says nothing would be waited for without end. */
const CONNECT_MILLISECONDS = 10_000;
/**
 * A transaction stands still only when its process is suspended or its machine is lost, of which the server hears nothing
 * for hours; meanwhile it would hold locks that all others wait for, those of the admission and of an environment.
 */
const FORGET_THE_LOST = "set idle_in_transaction_session_timeout = '60s'";

/** A Postgres server that any number of processes share. */
export async function openPostgres(
  address: ServerAddress,
  { log, connectMilliseconds = CONNECT_MILLISECONDS }: { log: StoreLog; connectMilliseconds?: number | undefined },
): Promise<Engine> {
  const { default: pg } = await import('pg');
  const connection = await connectionTo(address);

  async function prepare(client: ClientBase): Promise<void> {
    // A connection that the server ends is replaced at the next query; unheard, it would end the process. The pool hears
    // its idle ones alone, and a connection is also lost between two statements of a transaction.
    client.on('error', (error) => log.warn({ err: error }, 'a database connection was lost'));
    await client.query(FORGET_THE_LOST);
  }

  const pool = new pg.Pool({
    ...connection,
    connectionTimeoutMillis: connectMilliseconds,
    keepAlive: true,
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, as its types do not say
    onConnect: prepare,
    types: {
      // PGlite gives eight-byte integers as numbers; a pool of its own parser leaves pg's global one alone.
      getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)),
    },
  });
  // Each connection speaks for itself.
  pool.on('error', () => undefined);
  const dialect = new PostgresDialect({ pool });
  const kysely = new Kysely<Tables>({ dialect });
  return { kysely, boss: connection, close: async () => await kysely.destroy() };
}

/**
 * Postgres inside this process, in `dataDir` or in memory. One process at a time: throws a sentence that says who holds
 * the directory. Survives a killed process, not a power loss: it never calls fsync (electric-sql/pglite#1107).
 */
export async function openPglite(dataDir: string): Promise<Engine> {
  if (dataDir === IN_MEMORY) {
    return await startPglite(IN_MEMORY);
  }
  const lock = await lockDataDirectory(dataDir);
  const path = join(dataDir, 'postgres');
  try {
    await mkdir(path, { recursive: true });
    return await startPglite(path, lock);
  } catch (error) {
    await lock.release();
    throw new Error(`opening the database in ${dataDir}`, { cause: error });
  }
}

async function startPglite(path: string, lock?: DataLock): Promise<Engine> {
  const { PGlite } = await import('@electric-sql/pglite');
  const pglite = await PGlite.create(path, { startParams: [...PGlite.defaultStartParams, '-c', SHARED_BUFFERS] });
  return {
    kysely: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }),
    boss: { db: fromPglite(pglite), backend: 'pglite' },
    async close() {
      await pglite.close();
      await lock?.release();
    },
  };
}
