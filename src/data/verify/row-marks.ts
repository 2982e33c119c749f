import type { SqlRow, SqlValue } from '../mysql/session.ts';
import type { CoveredColumn, CoveredTable } from '../rules/covered.ts';
import type { Column } from '../schema/model.ts';
import { chanceOfSame, isTelling } from './chance.ts';
import type { Mark } from './marks.ts';
import { mayMake } from './may-make.ts';

/** Whether it says something that a value of a column is there again. */
export type Tells = (value: string, of: CoveredColumn) => boolean;

/** In the row where it was. */
export const tellsInItsRow: Tells = (value, { mask }) => isTelling(value, mask);

/** In any row of a table that has so many. */
export function tellsAnywhere(rows: number): Tells {
  return (value, of) => value.trim() !== '' && isTelling(value, of.mask) && !mayMake(value, of, rows);
}

/** The columns whose values should have changed, in the rules' order. */
export function markedColumns({ columns }: CoveredTable): readonly CoveredColumn[] {
  return columns.filter(({ mask }) => chanceOfSame(mask) !== undefined);
}

/** A mark of each of them, with its column; null where the value says nothing. */
export function marksOf(
  covered: CoveredTable,
  row: SqlRow,
  { mark, tells }: { readonly mark: Mark; readonly tells: Tells },
): (number | null)[] {
  return markedColumns(covered).map((of) => {
    const value = row[of.column.name];
    const text = textOf(value);
    return text !== null && tells(text, of) ? markOf(covered, { column: of.column, value, mark }) : null;
  });
}

/** What a value is known by, with its column; null for NULL. */
export function markOf(
  { table }: Pick<CoveredTable, 'table'>,
  { column, value, mark }: { readonly column: Column; readonly value: SqlValue | undefined; readonly mark: Mark },
): number | null {
  const text = textOf(value);
  return text === null ? null : mark(`${table.name}\0${column.name}\0${text}`);
}

function textOf(value: SqlValue | undefined): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value);
}
