import type { CountedCases } from '../../domain/passport.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Database } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import { describeMask } from '../rules/describe-mask.ts';
import type { Mask } from '../rules/rule-set.ts';
import { createStore, findCases, putCases } from './fingerprint-store.ts';

type Cases = Extract<Mask, { kind: 'cases' }>;

/**
 * Writes down, in the work database, how many values each case of a mask is for. When rows that go are gone and nothing is
 * masked: conditions are about the originals. May be called again as long as that is so.
 */
export async function countCases(database: Database, tables: readonly CoveredTable[]): Promise<void> {
  await database.withSession(async (session) => {
    await createStore(session);
    for (const { table, column, mask } of conditional(tables)) {
      const rows = await session.rows(countSql(quoteName(database.name, table), column, mask));
      const values = new Map(rows.map((row) => [Number(row['mayfly_nth']), Number(row['mayfly_values'])]));
      const counts = [...mask.cases, mask.otherwise].map((_, nth) => values.get(nth) ?? 0);
      await putCases(session, { table, column, counts });
    }
  });
}

/** What was written down, in the order of the rules; a column that was not counted is left out. */
export async function countedCases(
  database: Database,
  tables: readonly CoveredTable[],
): Promise<readonly CountedCases[]> {
  const found = await database.withSession(findCases);
  return conditional(tables).flatMap(({ table, column, mask }) => {
    const counted = found.find((each) => each.table === table && each.column === column);
    const cases = [...mask.cases, { when: null, mask: mask.otherwise }].map((each, nth) => ({
      when: each.when,
      mask: describeMask(each.mask),
      values: counted?.counts[nth] ?? 0,
    }));
    return counted ? [{ table, column, cases }] : [];
  });
}

function conditional(tables: readonly CoveredTable[]) {
  return tables.flatMap(({ table, columns }) =>
    columns.flatMap(({ column, mask }) =>
      mask.kind === 'cases' ? [{ table: table.name, column: column.name, mask }] : [],
    ),
  );
}

/** Conditions as the mask has them: the first that holds. */
function countSql(from: string, column: string, { cases }: Cases): string {
  const branches = cases.map(({ when }, nth) => `WHEN (${when}\n) THEN ${nth}`);
  return `SELECT CASE ${branches.join(' ')} ELSE ${cases.length} END AS mayfly_nth, COUNT(*) AS mayfly_values
    FROM ${from} WHERE ${quoteName(column)} IS NOT NULL GROUP BY mayfly_nth`;
}
