import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import { readGrants } from './grants.ts';

/**
 * Why events of the server may write while rows are masked, in a sentence; undefined when none can. They do not wait for
 * anybody: one that copies a name from where it is not masked yet to where it is masked already leaves it there. An event
 * of any database may write into this one, and a user sees those of databases where it has EVENT.
 */
export async function runningEvents(session: Session): Promise<string | undefined> {
  const [scheduler] = await session.rows('SELECT @@GLOBAL.event_scheduler AS state');
  if (scheduler?.['state'] !== 'ON') {
    return undefined;
  }
  const { account, mayEverywhere, mayAll, revokedFrom } = await readGrants(session);
  if (!mayEverywhere('EVENT') || revokedFrom.some((database) => !mayAll('EVENT', database))) {
    return `the event scheduler is on, and the user ${account} does not see which events there are: SET GLOBAL event_scheduler = OFF, or GRANT EVENT ON *.* TO ${account}`;
  }
  const events = await session.rows(
    `SELECT EVENT_SCHEMA AS event_schema, EVENT_NAME AS event_name FROM information_schema.EVENTS
     WHERE STATUS = 'ENABLED' ORDER BY EVENT_SCHEMA, EVENT_NAME`,
  );
  const names = events.map((row) => quoteName(String(row['event_schema']), String(row['event_name'])));
  return names.length === 0
    ? undefined
    : `events write while rows are masked, and could bring originals back: SET GLOBAL event_scheduler = OFF (RDS: in the parameter group), or ALTER EVENT … DISABLE for ${names.join(', ')}`;
}
