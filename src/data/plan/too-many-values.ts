import { quoteName } from '../mysql/quote-name.ts';
import type { Database, Session } from '../mysql/session.ts';
import { spoken } from '../rules/spoken-name.ts';
import type { Table } from '../schema/model.ts';
import { keysAtRisk } from './distinct-columns.ts';
import type { Plan, ValueMap } from './plan.ts';

type Place = ValueMap['root'];

/** More than that are not counted: no table runs out of them soon. */
const MANY = 100_000_000;

/**
 * Unique columns with more different values than their mask can give, a sentence each. Tables that lose rows first are
 * left to the run, which counts what is left. Reads all of a column's values, or as many as are too many.
 */
export async function tooManyValues(
  database: Database,
  { plan, tables }: { readonly plan: Plan; readonly tables: readonly Table[] },
): Promise<readonly string[]> {
  const losing = new Set(plan.tables.filter(({ losesRows }) => losesRows).map(({ table }) => table));
  return await database.withSession(async (session) => {
    const problems: string[] = [];
    for (const { root, others, mostValues: most = MANY } of plan.maps) {
      for (const place of most < MANY ? [root, ...others] : []) {
        const key = losing.has(place.table) ? undefined : keyName(tables, place);
        if (key !== undefined && (await hasMore(session, { database: database.name, ...place, most }))) {
          problems.push(
            `${spoken(place.table, place.column)} has more than ${most} different values, which is all that its mask can give, and the unique key ${spoken(key)} needs another one for each: use \`hash\` or \`digits\``,
          );
        }
      }
    }
    return problems;
  });
}

async function hasMore(
  session: Session,
  { database, table, column, most }: Place & { database: string; most: number },
): Promise<boolean> {
  const [value, from] = [quoteName(column), quoteName(database, table)];
  const [row] = await session.rows(
    `SELECT COUNT(*) AS n FROM (SELECT DISTINCT ${value} FROM ${from} WHERE ${value} <> '' LIMIT ${most + 1}) different`,
  );
  return Number(row?.['n']) > most;
}

/** Of the first that its values have to be different for. */
function keyName(tables: readonly Table[], { table: of, column }: Place): string | undefined {
  const table = tables.find(({ name }) => name === of);
  const key = table && keysAtRisk(table, column)[0];
  return key && (table.uniqueKeys.find(({ columns }) => columns === key)?.name ?? 'PRIMARY');
}
