import type { ConnectedUser, DatabasePlace } from '../../reconcile/database/database-look.ts';
import { openDatabase } from '../mysql/open-database.ts';
import type { Database, SqlRow } from '../mysql/session.ts';
import { type Asking, withinLimit } from './within-limit.ts';

/** Sessions of the server's own, and of RDS, which keep no serverless instance awake. */
const SERVERS_OWN = ['event_scheduler', 'system user', 'unauthenticated user', 'rdsadmin', 'rdsrepladmin'];

/**
 * MySQL 8.0 has deprecated this table, for which MariaDB has no other. Columns with statements are not read. The master
 * user has PROCESS, without which only sessions of one's own are shown.
 */
const SESSIONS = `SELECT USER AS user_name, HOST AS host_name FROM information_schema.PROCESSLIST
  WHERE ID <> CONNECTION_ID() AND COMMAND <> 'Daemon'`;

/** Who is connected. Connects for one question, and leaves nothing open. */
export async function connectionsTo(place: DatabasePlace, { limitMs, tls }: Asking): Promise<readonly ConnectedUser[]> {
  const database = await openDatabase({ ...place, tls, database: 'information_schema', connections: 1 });
  try {
    return usersIn(await withinLimit(sessionsOf(database), { ...place, limitMs }));
  } finally {
    database.close().catch(() => undefined);
  }
}

async function sessionsOf(database: Database): Promise<readonly SqlRow[]> {
  return await database.withSession(async (session) => await session.rows(SESSIONS));
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
