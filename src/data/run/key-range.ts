import { quoteName } from '../mysql/quote-name.ts';
import { quoteValue } from '../mysql/quote-value.ts';
import type { SqlValue } from '../mysql/session.ts';
import type { KeyColumn } from '../plan/plan.ts';

/** The values of a key in one row, in the order of its columns. */
export type KeyValues = readonly SqlValue[];

/** Rows behind `after` up to `upTo`, with that one; undefined is no bound. */
export interface KeyRange {
  readonly after: KeyValues | undefined;
  readonly upTo: KeyValues | undefined;
}

/**
 * A column of a key so that it compares as it sorts: `enum`, `set` and `bit` sort by their number, and would be compared
 * as texts.
 */
export function keySql({ name, kind }: KeyColumn, alias?: string): string {
  const column = quoteName(...(alias === undefined ? [] : [alias]), name);
  return ['enum', 'set', 'bit'].includes(kind) ? `(${column} + 0)` : column;
}

/** `alias`: of the table whose key it is, where a statement has two. */
export function rangeSql(key: readonly KeyColumn[], { after, upTo }: KeyRange, alias?: string): string {
  const bounds = [
    ...(after ? [boundSql(key, { values: after, sign: '>', last: '>', alias })] : []),
    ...(upTo ? [boundSql(key, { values: upTo, sign: '<', last: '<=', alias })] : []),
  ];
  return bounds.length === 0 ? 'TRUE' : bounds.join(' AND ');
}

interface Bound {
  readonly values: KeyValues;
  readonly sign: '>' | '<';
  /** What the last column compares by. */
  readonly last: '>' | '<=';
  readonly alias: string | undefined;
}

/** Not `(a, b) > (1, 2)`: for that, MySQL uses no range of the index (Reference Manual, Range Optimization of Row Constructors). */
function boundSql(
  [first, ...rest]: readonly KeyColumn[],
  { values: [value = null, ...others], sign, last, alias }: Bound,
): string {
  if (!first) {
    return 'TRUE';
  }
  const [column, bound] = [keySql(first, alias), literal(first, value)];
  if (rest.length === 0) {
    return `${column} ${last} ${bound}`;
  }
  const within = boundSql(rest, { values: others, sign, last, alias });
  return `(${column} ${sign}= ${bound} AND (${column} ${sign} ${bound} OR (${column} = ${bound} AND ${within})))`;
}

/** A long number comes as text, and compared as such it would be rounded. */
function literal({ kind }: KeyColumn, value: SqlValue): string {
  const isNumber = ['integer', 'decimal', 'enum', 'set', 'bit', 'year'].includes(kind);
  return isNumber && /^-?\d+(\.\d+)?$/.test(String(value)) ? String(value) : quoteValue(value);
}

type StoredValue = string | number | null | { readonly hex: string };

export function storeKey(values: KeyValues | undefined): string | null {
  const stored = values?.map((value) => (Buffer.isBuffer(value) ? { hex: value.toString('hex') } : value));
  return stored === undefined ? null : JSON.stringify(stored);
}

export function readKey(text: SqlValue | undefined): KeyValues | undefined {
  if (typeof text !== 'string') {
    return undefined;
  }
  return (JSON.parse(text) as StoredValue[]).map((value) =>
    value !== null && typeof value === 'object' ? Buffer.from(value.hex, 'hex') : value,
  );
}
