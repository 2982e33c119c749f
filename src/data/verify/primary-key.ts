import { quoteName } from '../mysql/quote-name.ts';
import type { SqlRow, SqlValue } from '../mysql/session.ts';

/** A condition, and what stands for its question marks. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Rows after `last` in the order of the key. A comparison of rows, `(a, b) > (1, 2)`, would not use the index in MySQL. */
export function after(key: readonly string[], last: SqlRow | undefined): Condition {
  if (!last) {
    return { sql: 'TRUE', values: [] };
  }
  const steps = key.map((column, at) => ({
    sql: [...key.slice(0, at).map((name) => `${quoteName(name)} = ?`), `${quoteName(column)} > ?`].join(' AND '),
    values: key.slice(0, at + 1).map((name) => valueOf(last, name)),
  }));
  const [first = ''] = key;
  return {
    sql: `${quoteName(first)} >= ? AND (${steps.map(({ sql }) => `(${sql})`).join(' OR ')})`,
    values: [valueOf(last, first), ...steps.flatMap(({ values }) => values)],
  };
}

/** Exactly these rows. */
export function among(key: readonly string[], rows: readonly SqlRow[]): Condition {
  const one = `(${key.map((column) => `${quoteName(column)} = ?`).join(' AND ')})`;
  return {
    sql: rows.map(() => one).join(' OR '),
    values: rows.flatMap((row) => key.map((column) => valueOf(row, column))),
  };
}

function valueOf(row: SqlRow, column: string): SqlValue {
  return row[column] ?? null;
}
