import { TerminalError } from '../../domain/failure.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Database } from '../mysql/session.ts';
import { WORK_DATABASE } from '../work-database.ts';
import { type Grants, readGrants } from './grants.ts';

const TO_MASK = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'ALTER', 'TRIGGER'];
const TO_WORK = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'ALTER'];

/**
 * What the connected user lacks to mask the database, a sentence each, with the GRANT that mends it. The server shows a
 * user only the tables and columns it may use: without privileges on all of the database, what was not masked would look
 * as if it were not there.
 */
export async function missingGrants(database: Database): Promise<readonly string[]> {
  const grants = await database.withSession(readGrants);
  const lacking = (privileges: readonly string[], of: string) => privileges.filter((one) => !grants.mayAll(one, of));
  const here = lacking(TO_MASK, database.name);
  const work = lacking(TO_WORK, WORK_DATABASE);
  return [
    ...(here.length > 0
      ? [
          `${lacks(grants, here)} on the whole of ${quoteName(database.name)}, and what it does not see would stay unmasked: ${grant(grants, TO_MASK.join(', '), database.name)}`,
        ]
      : []),
    ...(work.length > 0
      ? [
          `${lacks(grants, work)} on ${quoteName(WORK_DATABASE)}, where a run keeps its journal: ${grant(grants, 'ALL', WORK_DATABASE)}`,
        ]
      : []),
  ];
}

/** Throws unless the connected user sees all tables and columns of the database. */
export async function assertSeesAll(database: Database): Promise<void> {
  const grants = await database.withSession(readGrants);
  if (!grants.mayAll('SELECT', database.name)) {
    throw new TerminalError(
      'AccessDenied',
      `${lacks(grants, ['SELECT'])} on the whole of ${quoteName(database.name)}, and does not see all of it: ${grant(grants, 'SELECT', database.name)}`,
      { actor: 'operator' },
    );
  }
}

function lacks({ account }: Grants, privileges: readonly string[]): string {
  return `the user ${account} lacks ${privileges.join(', ')}`;
}

/** All that is needed, whatever is there: a grant that names the database exactly hides those that meant it by a pattern. */
function grant(grants: Grants, privileges: string, database: string): string {
  return `GRANT ${privileges} ON ${grants.quoteDatabase(database)}.* TO ${grants.account}`;
}
