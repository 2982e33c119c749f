import { isMariaDb } from '../mysql/is-mariadb.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Database, Session } from '../mysql/session.ts';
import { columnsWithStatistics, MARIADB_STATISTICS } from './column-statistics.ts';
import { type Grants, readGrants } from './grants.ts';
import { LOGS, loggedStatements } from './log-tables.ts';

/** Why originals would be left in tables of the server itself, a sentence each. Nothing is changed. */
export async function leftCopies(database: Database): Promise<readonly string[]> {
  return await database.withSession(async (session) => {
    const grants = await readGrants(session);
    const hasStatistics = await isMariaDb(session);
    const tables = [...LOGS.map(({ table }) => table), ...(hasStatistics ? [MARIADB_STATISTICS] : [])];
    const unseen = tables.filter((name) => !grants.mayOnTable('SELECT', { database: 'mysql', name }));
    if (unseen.length > 0) {
      const give = unseen.map((name) => grantOn(grants, 'SELECT', name)).join('; ');
      return [
        `the user ${grants.account} does not see whether originals are left in ${unseen.map((name) => `mysql.${name}`).join(', ')}: ${give}`,
      ];
    }
    return [
      ...(await loggedStatements(session)),
      ...(await unforgettable(session, { grants, database: database.name })),
    ];
  });
}

/** Statistics go at the end of a run, if they may. */
async function unforgettable(
  session: Session,
  { grants, database }: { grants: Grants; database: string },
): Promise<readonly string[]> {
  const mayForget =
    !(await isMariaDb(session)) || grants.mayOnTable('DELETE', { database: 'mysql', name: MARIADB_STATISTICS });
  const [first] = mayForget ? [] : await columnsWithStatistics(session, database);
  return first
    ? [
        `mysql.${MARIADB_STATISTICS} keeps values of ${quoteName(first.table, first.column)}, and the user ${grants.account} may not delete them: ${grantOn(grants, 'DELETE', MARIADB_STATISTICS)}`,
      ]
    : [];
}

function grantOn({ account }: Grants, privilege: string, table: string): string {
  return `GRANT ${privilege} ON mysql.${table} TO ${account}`;
}
