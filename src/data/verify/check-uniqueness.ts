import { quoteName } from '../mysql/quote-name.ts';
import type { Database } from '../mysql/session.ts';
import type { Schema, Table } from '../schema/model.ts';
import type { Check } from './check.ts';

/** Each primary and unique key by a query that reads its index alone; the server was told not to check some of them. */
export async function checkUniqueness(database: Database, { tables }: Pick<Schema, 'tables'>): Promise<Check[]> {
  return await database.withSession(async (session) => {
    const checks: Check[] = [];
    for (const { table, name, columns } of tables.flatMap(keysOf)) {
      const rows = await session.rows(twiceIn(quoteName(database.name, table), columns));
      checks.push({
        name: `unique key ${name} of ${table}`,
        passed: rows.length === 0,
        detail: rows.length === 0 ? 'no two rows are equal' : `two rows are equal in ${columns.join(', ')}`,
      });
    }
    return checks;
  });
}

function keysOf({ name: table, primaryKey, uniqueKeys }: Table) {
  const primary = primaryKey ? [{ name: 'PRIMARY', columns: primaryKey }] : [];
  return [...primary, ...uniqueKeys].map(({ name, columns }) => ({ table, name, columns }));
}

function twiceIn(from: string, columns: readonly string[]): string {
  const names = columns.map((column) => quoteName(column));
  const isThere = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
  return `SELECT 1 FROM ${from} WHERE ${isThere} GROUP BY ${names.join(', ')} HAVING COUNT(*) > 1 LIMIT 1`;
}
