import { quoteName } from '../mysql/quote-name.ts';
import type { Database, Session, SqlRow } from '../mysql/session.ts';
import type { Column, Table } from '../schema/model.ts';
import { createLongValues, LONGEST_VALUE, longFlags, textSql } from './long-values.ts';
import { after } from './primary-key.ts';

const NARROW_CHUNK = 2000;
const WIDE_CHUNK = 200;

export interface Reading {
  readonly database: Database;
  readonly table: Table;
  readonly columns: readonly Column[];
  /** About so many rows of a table that has more: each nth, by a checksum of its primary key. */
  readonly sampleRows: number;
}

export interface Sample {
  readonly table: string;
  readonly rows: number;
  readonly of: number;
  /** Values that were too long to be read to their end. */
  readonly cut: number;
}

/**
 * Hands rows over in the order of the primary key, chunk by chunk; the same ones each time. The memory it takes is that
 * of a chunk, and of one long value. A table without a primary key is read from its beginning, and its long values are cut.
 */
export async function readRows(reading: Reading, take: (rows: readonly SqlRow[]) => void): Promise<Sample> {
  const { database, table, sampleRows } = reading;
  return await database.withSession(async (session) => {
    const of = await countRows(session, { database: database.name, table: table.name });
    const step = Math.ceil(of / sampleRows);
    let cut = 0;
    const long = createLongValues(session, reading);
    const takeWhole = async (rows: readonly SqlRow[]) => {
      const isLong = rows.map(long.isLong);
      take(rows.filter((_, at) => !isLong[at]));
      for (const row of rows.filter((_, at) => isLong[at])) {
        const read = await long.whole(row);
        cut += read.cut;
        take([read.row]);
      }
    };
    const rows = table.primaryKey
      ? await readByKey(session, reading, { step, take: takeWhole })
      : await readFirst(session, reading, takeWhole);
    return { table: table.name, rows, of, cut };
  });
}

export async function countRows(session: Session, place: { database: string; table: string }): Promise<number> {
  const [row] = await session.rows(`SELECT COUNT(*) AS n FROM ${quoteName(place.database, place.table)}`);
  return Number(row?.['n'] ?? 0);
}

async function readByKey(
  session: Session,
  { database, table, columns }: Reading,
  { step, take }: { step: number; take: (rows: readonly SqlRow[]) => Promise<void> },
): Promise<number> {
  const key = table.primaryKey ?? [];
  const chunk = columns.some(isWide) ? WIDE_CHUNK : NARROW_CHUNK;
  const names = key.map((name) => quoteName(name)).join(', ');
  const digits = key.map((name) => `HEX(${quoteName(name)})`).join(', ');
  const isSampled = step > 1 ? `CRC32(CONCAT_WS('|', ${digits})) % ${step} = 0` : 'TRUE';
  const from = quoteName(database.name, table.name);
  const ask = async (last: SqlRow | undefined) => {
    const { sql, values } = after(key, last);
    return await session.rows(
      `SELECT ${selection(table, columns)} FROM ${from} WHERE ${sql} AND ${isSampled} ORDER BY ${names} LIMIT ${chunk}`,
      values,
    );
  };
  let read = 0;
  let next: Promise<readonly SqlRow[]> | undefined = ask(undefined);
  while (next) {
    const rows: readonly SqlRow[] = await next;
    // The server reads on while these are looked at.
    next = rows.length < chunk ? undefined : ask(rows.at(-1));
    next?.catch(() => undefined);
    await take(rows);
    read += rows.length;
  }
  return read;
}

async function readFirst(
  session: Session,
  { database, table, columns, sampleRows }: Reading,
  take: (rows: readonly SqlRow[]) => Promise<void>,
): Promise<number> {
  const chunk = columns.some(isWide) ? WIDE_CHUNK : NARROW_CHUNK;
  for (let read = 0; ; read += chunk) {
    const limit = Math.min(chunk, sampleRows - read);
    const rows =
      limit > 0
        ? await session.rows(
            `SELECT ${selection(table, columns)} FROM ${quoteName(database.name, table.name)} LIMIT ${limit} OFFSET ${read}`,
          )
        : [];
    await take(rows);
    if (rows.length < chunk) {
      return read + rows.length;
    }
  }
}

function selection(table: Table, columns: readonly Column[]): string {
  const key = (table.primaryKey ?? []).filter((name) => !columns.some((column) => column.name === name));
  return [...key.map((name) => quoteName(name)), ...columns.map(columnSql), ...longFlags(columns)].join(', ');
}

/** A value, or the beginning of a long one. */
export function columnSql(column: Column): string {
  const name = quoteName(column.name);
  return isWide(column) ? `LEFT(${textSql(column)}, ${LONGEST_VALUE}) AS ${name}` : name;
}

function isWide({ kind, maxLength }: Column): boolean {
  return kind === 'json' || ((kind === 'text' || kind === 'binary') && (maxLength === undefined || maxLength > 4096));
}
