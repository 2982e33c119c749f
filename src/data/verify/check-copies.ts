import type { Database } from '../mysql/session.ts';
import { spoken } from '../rules/spoken-name.ts';
import { columnsWithStatistics } from '../surroundings/column-statistics.ts';
import { loggedStatements } from '../surroundings/log-tables.ts';
import type { Check } from './check.ts';

/** Tables of the server itself in which originals may be left, after the run and whoever worked beside it. */
export async function checkCopies(database: Database): Promise<Check[]> {
  return await database.withSession(async (session) => {
    const columns = await columnsWithStatistics(session, database.name);
    const names = columns.map(({ table, column }) => spoken(table, column));
    const logged = await loggedStatements(session);
    return [
      {
        name: 'statistics of columns',
        passed: names.length === 0,
        detail: names.length === 0 ? 'the server keeps none' : `the server keeps values of ${names.join(', ')}`,
      },
      { name: 'log tables', passed: logged.length === 0, detail: logged[0] ?? 'no statement stands in one' },
    ];
  });
}
