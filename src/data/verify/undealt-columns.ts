import type { ScanFinding } from '../../domain/passport.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Database } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import { ORIGINAL_VALUES } from './comparison.ts';

/**
 * Columns that were shuffled and of which every row has its own value still, as there is no other: of one row, or of one
 * value in all of them. Dealing leaves a column the values it had, so the result tells. Reads two different values.
 */
export async function findUndealt(
  database: Database,
  { table, columns, rows }: CoveredTable,
): Promise<Omit<ScanFinding, 'allowed'>[]> {
  const shuffled = rows.some(({ kind }) => kind === 'truncate')
    ? []
    : columns.filter(({ mask }) => mask.kind === 'shuffle');
  const from = quoteName(database.name, table.name);
  return await database.withSession(async (session) => {
    const findings: Omit<ScanFinding, 'allowed'>[] = [];
    for (const { column } of shuffled) {
      const value = quoteName(column.name);
      const different = await session.rows(
        `SELECT DISTINCT ${value} AS value FROM ${from} WHERE ${value} IS NOT NULL LIMIT 2`,
      );
      if (different.length === 1) {
        const [sum] = await session.rows(`SELECT COUNT(${value}) AS n FROM ${from}`);
        findings.push({
          table: table.name,
          column: column.name,
          detector: ORIGINAL_VALUES,
          rows: Number(sum?.['n']),
        });
      }
    }
    return findings;
  });
}
