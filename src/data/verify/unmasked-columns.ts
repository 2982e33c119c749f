import { quoteName } from '../mysql/quote-name.ts';
import type { Database, SqlRow } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import { chanceOfSame } from './chance.ts';
import { type Comparison, emptyTally, judge, type Tally } from './comparison.ts';
import { findRows, type MarkedRow } from './fingerprint-store.ts';
import { createMark, type Mark } from './marks.ts';
import { among } from './primary-key.ts';
import { columnSql } from './read-rows.ts';
import { markedColumns, marksOf, tellsInItsRow } from './row-marks.ts';

const BATCH = 200;

/**
 * Columns that a mask should have changed and that are as they were, in more of the marked rows than chance gives. Equal
 * values are masked alike, so each counts once. A row is known again by its primary key, which the rules have to keep.
 */
export async function findOriginals(database: Database, covered: CoveredTable, key: string): Promise<Comparison> {
  const tallies = markedColumns(covered).map(() => emptyTally());
  const mark = createMark(key, 'value');
  await database.withSession(async (session) => {
    const marked = await findRows(session, covered.table.name);
    for (let at = 0; at < marked.length; at += BATCH) {
      const batch = marked.slice(at, at + BATCH);
      const { sql, values } = among(
        covered.table.primaryKey ?? [],
        batch.map((row) => row.key),
      );
      const rows = await session.rows(
        `SELECT ${selection(covered)} FROM ${quoteName(database.name, covered.table.name)} WHERE ${sql}`,
        values,
      );
      compare(batch, { rows, covered, mark, tallies });
    }
  });
  return judge(covered, {
    tallies,
    chanceOf: (mask) => chanceOfSame(mask) ?? 1,
    whyNone: () => 'no value that was looked at says anything',
  });
}

function selection({ table, columns }: CoveredTable): string {
  const key = table.primaryKey ?? [];
  const masked = markedColumns({ table, columns, rows: [], orphans: undefined });
  return [...key.map((name) => quoteName(name)), ...masked.map(({ column }) => columnSql(column))].join(', ');
}

function compare(
  batch: readonly MarkedRow[],
  { rows, covered, mark, tallies }: { rows: readonly SqlRow[]; covered: CoveredTable; mark: Mark; tallies: Tally[] },
): void {
  const key = covered.table.primaryKey ?? [];
  const present = new Map(rows.map((row) => [idOf(row, key), row]));
  for (const { key: of, marks } of batch) {
    const row = present.get(idOf(of, key));
    const now = row ? marksOf(covered, row, { mark, tells: tellsInItsRow }) : [];
    now.forEach((value, at) => {
      const before = marks[at] ?? null;
      const tally = tallies[at];
      if (before !== null && tally) {
        tally.looked.add(before);
        if (before === value) {
          tally.same.add(before);
          tally.rows += 1;
        }
      }
    });
  }
}

function idOf(row: SqlRow, key: readonly string[]): string {
  return JSON.stringify(key.map((name) => row[name]));
}
