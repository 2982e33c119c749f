import type { TableCount } from '../../domain/passport.ts';
import type { Database } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { ForeignKey, Schema } from '../schema/model.ts';
import type { Check } from './check.ts';
import { countRows } from './read-rows.ts';

/** Rows of each table, for `before` and `after`. */
export async function countTables(
  database: Database,
  { tables }: Pick<Schema, 'tables'>,
): Promise<ReadonlyMap<string, number>> {
  return await database.withSession(async (session) => {
    const counts = new Map<string, number>();
    for (const { name } of tables) {
      counts.set(name, await countRows(session, { database: database.name, table: name }));
    }
    return counts;
  });
}

export interface CheckCounts {
  readonly counts: readonly TableCount[];
  readonly tables: readonly CoveredTable[];
  readonly foreignKeys: readonly ForeignKey[];
}

/** No table grows, one that is truncated is empty, and rows are lost only where a rule, or a parent's, deletes them. */
export function checkCounts({ counts, tables, foreignKeys }: CheckCounts): Check[] {
  const losing = tablesThatLose(tables, foreignKeys);
  const emptied = new Set(
    tables.filter(({ rows }) => rows.some(({ kind }) => kind === 'truncate')).map(({ table }) => table.name),
  );
  return counts.map(({ table, before, after }) => {
    const wrong = problemOf({ before, after, isEmptied: emptied.has(table), mayLose: losing.has(table) });
    return { name: `rows of ${table}`, passed: wrong === undefined, detail: wrong ?? `${after} of ${before}` };
  });
}

function problemOf(count: { before: number; after: number; isEmptied: boolean; mayLose: boolean }): string | undefined {
  const { before, after, isEmptied, mayLose } = count;
  if (isEmptied && after > 0) {
    return `${after} rows are in a table that the rules truncate`;
  }
  if (after > before) {
    return `${after} rows after, ${before} before`;
  }
  return after < before && !mayLose ? `${after} of ${before} rows are left, and no rule deletes any` : undefined;
}

/** Those with a rule on rows, and those whose rows go with a parent's. */
function tablesThatLose(tables: readonly CoveredTable[], foreignKeys: readonly ForeignKey[]): ReadonlySet<string> {
  const rules = new Map(tables.map((each) => [each.table.name, each]));
  const losing = new Set(tables.filter(({ rows }) => rows.length > 0).map(({ table }) => table.name));
  for (let size = -1; size !== losing.size; ) {
    size = losing.size;
    for (const { table, referencedTable, onDelete } of foreignKeys) {
      const orphans = rules.get(table)?.orphans;
      if (losing.has(referencedTable) && (orphans === 'delete' || (orphans === undefined && onDelete === 'CASCADE'))) {
        losing.add(table);
      }
    }
  }
  return losing;
}
