import type { Table } from '../schema/model.ts';

/** The keys of a table that a column has to keep apart, the primary key among them. */
export function keysOf(table: Table): readonly (readonly string[])[] {
  return [...(table.primaryKey ? [table.primaryKey] : []), ...table.uniqueKeys.map(({ columns }) => columns)];
}

/**
 * Keys that two equal values in this column could break. A key that holds another one within it, of other columns that
 * are never NULL, is kept apart by that one.
 */
export function keysAtRisk(table: Table, column: string): readonly (readonly string[])[] {
  const keys = keysOf(table);
  const isFull = (key: readonly string[]) =>
    key.every((name) => table.columns.some((other) => other.name === name && !other.nullable));
  return keys.filter(
    (key) =>
      key.includes(column) &&
      !keys.some((other) => !other.includes(column) && isFull(other) && other.every((name) => key.includes(name))),
  );
}

/** By which the rows are walked: the primary key, or another that is never NULL. */
export function walkingKey(table: Table): readonly string[] | undefined {
  return (
    table.primaryKey ??
    table.uniqueKeys.find(({ columns }) =>
      columns.every((name) => table.columns.some((column) => column.name === name && !column.nullable)),
    )?.columns
  );
}
