import { type Draw, drawFor } from './draw.ts';

export type Value = string | number | Buffer | null;

/** What a row can be made of. */
export interface World {
  readonly seed: number;
  /** An id of one of the table's rows. */
  idIn(table: string, draw: Draw): number;
  /** How many rows the table gets. */
  count(table: string): number;
}

export interface TableData {
  readonly table: string;
  /** `big`: as many as asked for. A share of that: at least so many, and never more than `SHARE_AT_MOST`. */
  readonly size: 'big' | { readonly share: number; readonly least: number } | { readonly exactly: number };
  /** The row of an id, from 1. */
  row(id: number, draw: Draw, world: World): Readonly<Record<string, Value>>;
  /** SQL over a row's new id for what a copy of it may not share with it, by column. */
  readonly ofCopy?: Readonly<Record<string, (id: string) => string>>;
}

const SHARE_AT_MOST = 20_000;

export function sizeOf({ size }: TableData, rows: number): number {
  if (size === 'big') {
    return rows;
  }
  return 'exactly' in size ? size.exactly : Math.min(SHARE_AT_MOST, Math.max(size.least, Math.ceil(rows * size.share)));
}

export function rowOf(data: TableData, id: number, world: World): Readonly<Record<string, Value>> {
  return data.row(id, drawFor(world.seed, `row of ${data.table}`, id), world);
}

/** As a column in latin1 can hold it. */
export function inLatin1(text: string | null): string | null {
  return text === null ? null : text.replace(/[^\t\r\n\0 -~\u00A0-\u00FF]/gu, '?');
}
