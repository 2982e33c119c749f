import { TerminalError } from '../../domain/failure.ts';
import { quoteAccount } from '../mysql/quote-account.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import { work } from './journal.ts';

const PROBE = 'mayfly_probe';

/**
 * Throws unless this user may make triggers in the table, and in the names of those whose triggers there are. Asked by
 * making one, before any is dropped: MySQL hides triggers from whoever lacks the privilege, so that they would fire, and
 * a definer that cannot be named would be found at the end only. Whoever is killed in it calls it again.
 */
export async function assertMayMakeTriggers(session: Session, database: string, table: string): Promise<void> {
  const found = await session.rows(
    'SELECT DISTINCT DEFINER AS definer FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ?',
    [database],
  );
  const probe = quoteName(database, PROBE);
  await session.change(`DROP TRIGGER IF EXISTS ${probe}`);
  for (const { definer } of found.length === 0 ? [{ definer: null }] : found) {
    const inName = definer === null || definer === undefined ? '' : `DEFINER = ${quoteAccount(String(definer))}`;
    const on = `BEFORE DELETE ON ${quoteName(database, table)} FOR EACH ROW SET @mayfly_probe = 1`;
    try {
      await session.change(`CREATE ${inName} TRIGGER ${probe} ${on}`);
    } catch (error) {
      throw error instanceof TerminalError && error.reason === 'AccessDenied' ? mayNot(definer) : error;
    }
    await session.change(`DROP TRIGGER ${probe}`);
  }
}

function mayNot(definer: unknown): TerminalError {
  const [whose, privilege] =
    typeof definer === 'string'
      ? [` of ${definer}`, 'TRIGGER, and SET USER (MariaDB) or SET_USER_ID (MySQL)']
      : ['', 'TRIGGER'];
  return new TerminalError(
    'AccessDenied',
    `this user may not make triggers${whose}, and so could not put them back: grant it ${privilege}`,
    { actor: 'operator' },
  );
}

/**
 * Writes all triggers of the database down, in the order in which they have to be made again: by event and time, as they
 * fire. Once; may be called again while all are still there.
 */
export async function saveTriggers(session: Session, database: string): Promise<void> {
  const found = await session.rows(
    `SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ?
     ORDER BY EVENT_OBJECT_TABLE, EVENT_MANIPULATION, ACTION_TIMING, ACTION_ORDER`,
    [database],
  );
  await session.change('START TRANSACTION');
  await session.change(`DELETE FROM ${work('triggers')}`);
  for (const [position, { name }] of found.entries()) {
    const [made] = await session.rows(`SHOW CREATE TRIGGER ${quoteName(database, String(name))}`);
    await session.change(`INSERT INTO ${work('triggers')} VALUES (?, ?, ?, ?, ?, ?)`, [
      position,
      String(name),
      inOrder(String(made?.['SQL Original Statement'])),
      String(made?.['sql_mode']),
      String(made?.['character_set_client']),
      String(made?.['collation_connection']),
    ]);
  }
  await session.change('COMMIT');
}

/** They are made one behind the other, so that a place that names another trigger is not needed, and could not be found yet. */
function inOrder(statement: string): string {
  return statement.replace(/(\bFOR\s+EACH\s+ROW\s+)(?:FOLLOWS|PRECEDES)\s+(?:`(?:[^`]|``)+`|[^\s`]+)\s+/i, '$1');
}

export async function dropTriggers(session: Session, database: string): Promise<void> {
  for (const { name } of await session.rows(`SELECT name FROM ${work('triggers')}`)) {
    await session.change(`DROP TRIGGER IF EXISTS ${quoteName(database, String(name))}`);
  }
}

/** Makes those again that are not there, as they were; may be called again. The one that was made to ask goes. */
export async function restoreTriggers(session: Session, database: string): Promise<void> {
  await session.change(`DROP TRIGGER IF EXISTS ${quoteName(database, PROBE)}`);
  const there = await session.rows(
    'SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ?',
    [database],
  );
  const names = new Set(there.map(({ name }) => name));
  const saved = await session.rows(`SELECT * FROM ${work('triggers')} ORDER BY position`);
  const missing = saved.filter(({ name }) => name !== undefined && !names.has(name));
  if (missing.length === 0) {
    return;
  }
  await session.change(
    'SET @mayfly_mode = @@sql_mode, @mayfly_charset = @@character_set_client, @mayfly_collation = @@collation_connection',
  );
  for (const trigger of missing) {
    await session.change(`USE ${quoteName(database)}`);
    await session.change('SET SESSION sql_mode = ?, character_set_client = ?, collation_connection = ?', [
      String(trigger['sql_mode']),
      charsetFor(String(trigger['statement']), String(trigger['charset'])),
      String(trigger['collation']),
    ]);
    await session.change(String(trigger['statement']));
    await session.change(
      'SET SESSION sql_mode = @mayfly_mode, character_set_client = @mayfly_charset, collation_connection = @mayfly_collation',
    );
  }
}

/** The driver sends UTF-8. A statement in ASCII is the same in any other character set, and keeps its own. */
function charsetFor(statement: string, charset: string): string {
  return /^[\x20-\x7e\s]*$/.test(statement) ? charset : 'utf8mb4';
}
