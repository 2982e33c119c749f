import type { SqlRow, SqlValue } from '../mysql/session.ts';
import type { CoveredColumn, CoveredTable } from '../rules/covered.ts';
import { chanceOfSame, isTelling } from './chance.ts';
import type { Mark } from './marks.ts';

/** The columns whose values should have changed, in the rules' order. */
export function markedColumns({ columns }: CoveredTable): readonly CoveredColumn[] {
  return columns.filter(({ mask }) => chanceOfSame(mask) !== undefined);
}

/** A mark of each of them, with its column; null where the value says nothing. */
export function marksOf(covered: CoveredTable, row: SqlRow, mark: Mark): (number | null)[] {
  return markedColumns(covered).map(({ column, mask }) => {
    const text = textOf(row[column.name]);
    return text !== null && isTelling(text, mask) ? mark(`${covered.table.name}\0${column.name}\0${text}`) : null;
  });
}

function textOf(value: SqlValue | undefined): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value);
}
