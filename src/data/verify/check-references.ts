import { quoteName } from '../mysql/quote-name.ts';
import type { Database } from '../mysql/session.ts';
import type { ForeignKey, Schema } from '../schema/model.ts';
import type { Check } from './check.ts';

/** More rows than this are not counted: one is enough to refuse. */
const MOST = 1000;

/**
 * Each foreign key by a query: `foreign_key_checks` was off while rows changed, and the server never looks back. A key
 * of which one column is NULL refers to nothing.
 */
export async function checkReferences(
  database: Database,
  { foreignKeys }: Pick<Schema, 'foreignKeys'>,
): Promise<Check[]> {
  return await database.withSession(async (session) => {
    const checks: Check[] = [];
    for (const foreignKey of foreignKeys) {
      const [row] = await session.rows(orphansOf(database.name, foreignKey));
      const lost = Number(row?.['n'] ?? 0);
      checks.push({
        name: `foreign key ${foreignKey.name} of ${foreignKey.table}`,
        passed: lost === 0,
        detail:
          lost === 0
            ? `every row of ${foreignKey.table} finds its ${foreignKey.referencedTable}`
            : `${lost === MOST ? `${MOST} rows or more` : `${lost} rows`} of ${foreignKey.table} refer by ${foreignKey.columns.join(', ')} to nothing in ${foreignKey.referencedTable}`,
      });
    }
    return checks;
  });
}

function orphansOf(database: string, { table, columns, referencedTable, referencedColumns }: ForeignKey): string {
  const pairs = columns.map(
    (column, at) => `parent.${quoteName(referencedColumns[at] ?? '')} = child.${quoteName(column)}`,
  );
  const refers = columns.map((column) => `child.${quoteName(column)} IS NOT NULL`);
  return `SELECT COUNT(*) AS n FROM (
    SELECT 1 FROM ${quoteName(database, table)} AS child
    WHERE ${refers.join(' AND ')}
      AND NOT EXISTS (SELECT 1 FROM ${quoteName(database, referencedTable)} AS parent WHERE ${pairs.join(' AND ')})
    LIMIT ${MOST}) AS orphans`;
}
