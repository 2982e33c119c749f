import type { ColumnShape, DatabaseSchema, IndexShape, TableShape } from './database-schema.ts';

/** One thing by which a schema differs from the one it came from. `was` and `is` are null where there is nothing. */
export interface SchemaChange {
  readonly what: 'table' | 'column' | 'index';
  readonly table: string;
  /** Of the column or index; null for the table itself. */
  readonly name: string | null;
  readonly was: string | null;
  readonly is: string | null;
}

/**
 * What makes `before` into `after`: tables, then within each table its columns and its indexes, all by name. Of a table
 * that comes or goes as a whole only that is said. Where the order of columns alone changed, nothing did.
 */
export function schemaDiff(before: DatabaseSchema, after: DatabaseSchema): SchemaChange[] {
  return pairs(before.tables, after.tables).flatMap(({ name, was, is }) =>
    was && is
      ? [...partsDiff('column', was, is), ...partsDiff('index', was, is)]
      : [{ what: 'table' as const, table: name, name: null, was: columnsOf(was), is: columnsOf(is) }],
  );
}

/** Of a table, how many columns it has. */
function columnsOf(table: TableShape | undefined): string | null {
  if (!table) {
    return null;
  }
  const { length } = table.columns;
  return `${length} ${length === 1 ? 'column' : 'columns'}`;
}

function partsDiff(what: 'column' | 'index', before: TableShape, after: TableShape): SchemaChange[] {
  const [was, is] = what === 'column' ? [before.columns, after.columns] : [before.indexes, after.indexes];
  return pairs<ColumnShape | IndexShape>(was, is)
    .map((pair) => ({ what, table: after.name, name: pair.name, was: textOf(pair.was), is: textOf(pair.is) }))
    .filter((change) => change.was !== change.is);
}

function textOf(part: ColumnShape | IndexShape | undefined): string | null {
  if (!part) {
    return null;
  }
  return 'type' in part ? part.type : part.over;
}

interface Pair<T> {
  readonly name: string;
  readonly was: T | undefined;
  readonly is: T | undefined;
}

/** By name, sorted. */
function pairs<T extends { readonly name: string }>(before: readonly T[], after: readonly T[]): Pair<T>[] {
  const was = new Map(before.map((one) => [one.name, one]));
  const is = new Map(after.map((one) => [one.name, one]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .map((name) => ({ name, was: was.get(name), is: is.get(name) }));
}
