import type { Database, SqlRow } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { Column } from '../schema/model.ts';
import { type Comparison, emptyTally, judge } from './comparison.ts';
import { findRows } from './fingerprint-store.ts';
import { createMark } from './marks.ts';
import { chanceOfReturn, whyNotAnywhere } from './may-make.ts';
import type { Sample } from './read-rows.ts';
import { markedColumns, markOf } from './row-marks.ts';

/** Looks for values of the original in the rows that are read of one table. */
export interface ValueWatch {
  /** What has to be read for it. */
  readonly columns: readonly Column[];
  note(row: SqlRow): void;
  /** Once all rows are noted. */
  compared(sample: Sample): Comparison;
}

/**
 * For a table whose rows are not known again, as its key is masked or it has none: values that no mask of theirs makes, and
 * that are in their column still, in whatever row.
 */
export async function watchForOriginals(database: Database, covered: CoveredTable, key: string): Promise<ValueWatch> {
  const mark = createMark(key, 'value');
  const marked = await database.withSession(async (session) => await findRows(session, covered.table.name));
  const tallies = markedColumns(covered).map((_, at) => emptyTally(marked.flatMap(({ marks }) => marks[at] ?? [])));
  const watched = markedColumns(covered).flatMap(({ column }, at) => {
    const tally = tallies[at];
    return tally && tally.looked.size > 0 ? [{ column, tally }] : [];
  });
  return {
    columns: watched.map(({ column }) => column),
    note(row) {
      for (const { column, tally } of watched) {
        const value = markOf(covered, { column, value: row[column.name], mark });
        if (value !== null && tally.looked.has(value)) {
          tally.same.add(value);
          tally.rows += 1;
        }
      }
    },
    // A value that is there once is in what is read as likely as any row is.
    compared: ({ rows, of }) =>
      judge(covered, {
        tallies,
        chanceOf: (mask) => chanceOfReturn(mask) * (of === 0 ? 1 : rows / of),
        whyNone: whyNotAnywhere,
      }),
  };
}
