import mysql, { type Pool, type PoolConnection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise';
import { TerminalError } from '../../domain/failure.ts';
import { connectionError, type Place, serverError } from './server-error.ts';
import type { Database, Session, SqlRow, SqlValue } from './session.ts';

export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  /** Path of a socket; host and port are not used then. */
  readonly socket?: string | undefined;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Whether an error may name the address: to whoever gave it, and not in a comment of a pull request. */
  readonly isNamed?: boolean | undefined;
  /** At most so many at once; whoever wants one more waits. */
  readonly connections: number;
  /** How long a connection is tried for; ten seconds unless given. */
  readonly connectTimeoutMs?: number;
  /** The server's certificate has to be of `host`, and signed by one of these (PEM), or by one that Node knows when there is none. */
  readonly tls?: { readonly ca?: string | undefined } | undefined;
}

const LOCK_WAIT_SECONDS = 30;
const CONNECT_TIMEOUT_MS = 10_000;
/** A machine that is gone says nothing. It is asked after so long, and ten times more; the system's own is two hours. */
const KEEP_ALIVE_MS = 20_000;
const IDLE_SECONDS = 7 * 24 * 3600;
const ACCESS_DENIED = 1227;

/**
 * Every session begins alike, whoever had the connection before. The modes are those of a dump's session, and strict:
 * what does not fit is an error, zero dates and the id 0 go through. Backslashes escape, as the driver assumes. Times
 * are UTC, so that no hour is missing or there twice. Ranges are locked row by row (READ COMMITTED), without the gaps.
 */
const BEGIN = [
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES'",
  "time_zone = '+00:00'",
  'autocommit = 1',
  'foreign_key_checks = 1',
  'unique_checks = 1',
  `lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
  `innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
  `wait_timeout = ${IDLE_SECONDS}`,
  '@mayfly_key = NULL',
].join(', ');
const ISOLATION = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED';

/**
 * Connects once, so that a wrong address or password is told here. `change` tells the rows that a statement matched,
 * changed or not.
 */
export async function openDatabase(address: DatabaseAddress): Promise<Database> {
  const pool = createPool(address);
  const { host, port, socket, isNamed } = address;
  const place = isNamed ? { host, at: socket ?? `${host}:${port}` } : undefined;
  const database: Database = {
    name: address.database,
    withSession: async (work) => await withConnection({ pool, place }, work),
    async close() {
      await pool.end();
    },
  };
  try {
    await database.withSession(async (session) => await session.rows('SELECT 1'));
  } catch (error) {
    await pool.end().catch(() => undefined);
    throw error;
  }
  return database;
}

function createPool({
  connectTimeoutMs = CONNECT_TIMEOUT_MS,
  database,
  connections,
  tls,
  ...address
}: DatabaseAddress): Pool {
  const { host, port, socket, user, password } = address;
  return mysql.createPool({
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
    ...(tls && {
      ssl: { minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true, ...(tls.ca && { ca: tls.ca }) },
    }),
    user,
    password,
    database,
    connectionLimit: connections,
    connectTimeout: connectTimeoutMs,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
    charset: 'utf8mb4',
    multipleStatements: false,
    dateStrings: true,
    supportBigNumbers: true,
    jsonStrings: true,
    typeCast: (field, next) => (field.type === 'GEOMETRY' ? field.buffer() : next()),
  });
}

async function withConnection<T>(
  { pool, place }: { readonly pool: Pool; readonly place: Place | undefined },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const connection = await pool.getConnection().catch((error: unknown) => {
    throw place ? connectionError(error, place) : serverError(error);
  });
  try {
    // A connection that is lost while nobody waits for it says so by an event, and one without a listener ends Node.
    connection.connection.removeAllListeners('error').on('error', () => undefined);
    await connection.query(BEGIN);
    await connection.query(ISOLATION);
    const result = await work(sessionOf(connection));
    connection.release();
    return result;
  } catch (error) {
    connection.destroy();
    throw serverError(error);
  }
}

function sessionOf(connection: PoolConnection): Session {
  async function query<T extends RowDataPacket[] | ResultSetHeader>(sql: string, values: readonly SqlValue[]) {
    try {
      // Without values nothing is looked for: a question mark in a condition or a name is one.
      return (await (values.length === 0 ? connection.query<T>(sql) : connection.query<T>(sql, [...values])))[0];
    } catch (error) {
      throw serverError(error);
    }
  }
  return {
    rows: async (sql, values = []) => (await query<RowDataPacket[]>(sql, values)) as readonly SqlRow[],
    change: async (sql, values = []) => (await query<ResultSetHeader>(sql, values)).affectedRows,
    async remember(variable, value) {
      try {
        await unlogged(connection, async () => await connection.execute(`SET @${variable} = ?`, [value]));
      } catch (error) {
        throw serverError(error);
      }
    },
  };
}

/**
 * Both logs of statements show what a prepared one was run with. A session may stay out of the slow one (everything is
 * slow to a `long_query_time` of 0), and with a privilege out of the general one; without it, `work` is refused.
 */
async function unlogged(connection: PoolConnection, work: () => Promise<unknown>): Promise<void> {
  const [[row]] = await connection.query<RowDataPacket[]>('SELECT @@GLOBAL.general_log AS is_logged');
  const isLogged = Number(row?.['is_logged']) === 1;
  if (isLogged) {
    await connection.query('SET SESSION sql_log_off = 1').catch(refuseLog);
  }
  await connection.query(`SET SESSION long_query_time = ${IDLE_SECONDS}`);
  await work();
  await connection.query('SET SESSION long_query_time = DEFAULT');
  if (isLogged) {
    await connection.query('SET SESSION sql_log_off = 0');
  }
}

function refuseLog(error: Error & { readonly errno?: number }): never {
  if (error.errno !== ACCESS_DENIED) {
    throw error;
  }
  throw new TerminalError(
    'GeneralLog',
    'the server writes every statement into its general log, and would write the key of the masks: turn general_log off, or grant this user SUPER (MariaDB) or SESSION_VARIABLES_ADMIN (MySQL)',
    { actor: 'operator' },
  );
}
