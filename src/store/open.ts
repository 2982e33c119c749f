import type { Kysely } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { ServerAddress } from './connection.ts';
import { openPglite, openPostgres } from './engine.ts';
import { QUEUES, startJobs } from './jobs.ts';
import { type StoreLog, silentLog } from './log.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './schema.ts';
import { createTransactionScope, type TransactionScope } from './transaction-scope.ts';

/** An open database with its tables and job queues. `kysely` and `boss` are for the files of `store/` alone. */
export interface Database {
  readonly kysely: Kysely<Tables>;
  readonly boss: PgBoss;
  readonly transactions: TransactionScope;
  /** Resolves when the tables and the job queue can be read now; throws when not. Takes as long as the database does. */
  check(): Promise<void>;
  /** Stop every work queue on it first. Safe to call twice. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Any Postgres from 13 on, for any number of processes. Without it Postgres runs inside this process. */
  readonly databaseUrl?: string | undefined;
  /** Not used without `databaseUrl`; see `ServerAddress`. */
  readonly password?: ServerAddress['password'];
  /** Not used without `databaseUrl`; see `ServerAddress`. */
  readonly caFile?: ServerAddress['caFile'];
  /** Where the Postgres inside this process keeps its files; `memory://` keeps none. Not used with `databaseUrl`. */
  readonly dataDir: string;
  readonly log?: StoreLog;
  /** Real time within which a server must take a connection; ten seconds unless given. */
  readonly connectMilliseconds?: number;
}

/** Opens the database and brings its tables up to date. The first start in an empty directory takes about three seconds. */
export async function openDatabase({
  databaseUrl,
  password,
  caFile,
  dataDir,
  log = silentLog,
  connectMilliseconds,
}: DatabaseOptions): Promise<Database> {
  const engine =
    databaseUrl === undefined
      ? await openPglite(dataDir)
      : await openPostgres({ databaseUrl, password, caFile }, { log, connectMilliseconds });
  let boss: PgBoss;
  try {
    await migrate(engine.kysely);
    boss = await startJobs(engine.boss, log);
  } catch (error) {
    await engine.close();
    throw new Error('preparing the database', { cause: error });
  }
  let closing: Promise<void> | undefined;

  /** The job engine first: it speaks through the connection that the engine closes. */
  async function close(): Promise<void> {
    try {
      await boss.stop();
    } finally {
      await engine.close();
    }
  }

  async function check(): Promise<void> {
    await engine.kysely.selectFrom('environments').select('id').limit(1).execute();
    if ((await boss.getQueue(QUEUES.environment)) === null) {
      throw new Error('the job queue is not there');
    }
  }

  return {
    kysely: engine.kysely,
    boss,
    transactions: createTransactionScope(),
    check,
    close: async () => await (closing ??= close()),
  };
}
