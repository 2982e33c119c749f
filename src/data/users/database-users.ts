import { TerminalError, TransientError } from '../../domain/failure.ts';
import type { DatabasePlace } from '../../reconcile/database/database-look.ts';
import type { DatabaseUsers, SchemaUser } from '../../reconcile/database/database-users.ts';
import { type Asking, withinLimit } from '../look/within-limit.ts';
import { openDatabase } from '../mysql/open-database.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';

/** What an environment waits for on its way, and those that are looked at after it. */
const CONNECT_TIMEOUT_MS = 5_000;
/** Longer than that, so that nothing is still on its way when the same is tried again. */
const LIMIT_MS = 8_000;

export interface DatabaseUsersOptions {
  readonly limitMs?: number;
  /** PEM: with them servers are spoken to in TLS alone, and have to have certificates that these sign. */
  readonly certificates?: string | undefined;
}

export function createDatabaseUsers({ limitMs = LIMIT_MS, certificates }: DatabaseUsersOptions = {}): DatabaseUsers {
  const tls = certificates === undefined ? undefined : { ca: certificates };
  return {
    give: async (place, user) => await withinLimit(give({ ...place, tls }, user), { ...place, limitMs }),
  };
}

async function give(place: DatabasePlace & Pick<Asking, 'tls'>, user: SchemaUser): Promise<void> {
  try {
    const database = await openDatabase({
      ...place,
      database: 'information_schema',
      connections: 1,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
    });
    try {
      await database.withSession(async (session) => await makeAnew(session, user));
    } finally {
      database.close().catch(() => undefined);
    }
  } catch (error) {
    throw passing(error);
  }
}

/** The name of a server that was just made may be on its way still. */
function passing(error: unknown): unknown {
  return error instanceof TerminalError && error.reason === 'UnknownHost'
    ? new TransientError(error.reason, error.message)
    : error;
}

/**
 * One that came along with the data may have grants, roles, limits and a host of its own, which comes before `%`. What
 * takes all of that away, on MySQL and on MariaDB, is to drop it: REVOKE leaves roles (MySQL Reference Manual, REVOKE).
 */
async function makeAnew(session: Session, { name, password, database }: SchemaUser): Promise<void> {
  const before = await session.rows('SELECT Host AS host FROM mysql.user WHERE User = ?', [name]);
  for (const { host = '' } of before) {
    await session.change('DROP USER IF EXISTS ?@?', [name, host]);
  }
  await session.change("CREATE USER ?@'%' IDENTIFIED BY ?", [name, password]);
  await session.change(`GRANT ALL PRIVILEGES ON ${quoteName(inGrant(database))}.* TO ?@'%'`, [name]);
}

/** Where a schema is granted, `_` and `%` stand for any others: `shop_a` would be `shopXa` too (MySQL Reference Manual, GRANT). */
function inGrant(database: string): string {
  return database.replaceAll(/[\\_%]/g, '\\$&');
}
