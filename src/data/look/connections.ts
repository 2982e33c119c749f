import { TransientError } from '../../domain/failure.ts';
import type { ConnectedUser, DatabaseLook, DatabasePlace } from '../../reconcile/database/database-look.ts';
import { openDatabase } from '../mysql/open-database.ts';
import type { Database, SqlRow } from '../mysql/session.ts';

/** What somebody waits for in a comment. */
const LIMIT_MS = 15_000;

/** Sessions of the server's own, and of RDS, which keep no serverless instance awake. */
const SERVERS_OWN = ['event_scheduler', 'system user', 'unauthenticated user', 'rdsadmin', 'rdsrepladmin'];

/**
 * MySQL 8.0 has deprecated this table, for which MariaDB has no other. Columns with statements are not read. The master
 * user has PROCESS, without which only sessions of one's own are shown.
 */
const SESSIONS = `SELECT USER AS user_name, HOST AS host_name FROM information_schema.PROCESSLIST
  WHERE ID <> CONNECTION_ID() AND COMMAND <> 'Daemon'`;

export interface DatabaseLookOptions {
  readonly limitMs?: number;
  /** PEM: with them servers are spoken to in TLS alone, and have to have certificates that these sign. */
  readonly certificates?: string | undefined;
}

/** Connects for one question, and leaves nothing open. */
export function createDatabaseLook({ limitMs = LIMIT_MS, certificates }: DatabaseLookOptions = {}): DatabaseLook {
  const tls = certificates === undefined ? undefined : { ca: certificates };
  return {
    async connections(place) {
      const database = await openDatabase({ ...place, tls, database: 'information_schema', connections: 1 });
      try {
        return usersIn(await withinLimit(sessionsOf(database), place, limitMs));
      } finally {
        database.close().catch(() => undefined);
      }
    },
  };
}

async function sessionsOf(database: Database): Promise<readonly SqlRow[]> {
  return await database.withSession(async (session) => await session.rows(SESSIONS));
}

/** A server that went away without a word answers never. */
async function withinLimit<T>(answer: Promise<T>, { host }: DatabasePlace, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new TransientError('NoAnswer', `The database at ${host} did not answer.`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function usersIn(rows: readonly SqlRow[]): ConnectedUser[] {
  const sessions = rows
    .map(({ user_name: user, host_name: host }) => ({ user: String(user), host: withoutPort(String(host)) }))
    .filter(({ user }) => !SERVERS_OWN.includes(user));
  return [...Map.groupBy(sessions, ({ user, host }) => JSON.stringify([user, host])).values()]
    .flatMap(([first, ...others]) => (first ? [{ ...first, sessions: others.length + 1 }] : []))
    .toSorted((a, b) => b.sessions - a.sessions || (a.user < b.user ? -1 : 1));
}

/** `10.0.1.5:53412`: the port is another for each session. Of a socket there is none. */
function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}
