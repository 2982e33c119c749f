import { quoteName } from '../mysql/quote-name.ts';
import type { Database, Session, SqlRow } from '../mysql/session.ts';
import type { Column, Table } from '../schema/model.ts';
import { after } from './primary-key.ts';

/** Of one value, characters or bytes: what is longer is looked at to here. */
const LONGEST_VALUE = 65_536;
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
}

/**
 * Hands rows over in the order of the primary key, chunk by chunk; the same ones each time. The memory it takes is that
 * of a chunk. A table without a primary key is read from its beginning.
 */
export async function readRows(reading: Reading, take: (rows: readonly SqlRow[]) => void): Promise<Sample> {
  const { database, table, sampleRows } = reading;
  return await database.withSession(async (session) => {
    const of = await countRows(session, { database: database.name, table: table.name });
    const step = Math.ceil(of / sampleRows);
    const rows = table.primaryKey
      ? await readByKey(session, reading, { step, take })
      : await readFirst(session, reading, take);
    return { table: table.name, rows, of };
  });
}

export async function countRows(session: Session, place: { database: string; table: string }): Promise<number> {
  const [row] = await session.rows(`SELECT COUNT(*) AS n FROM ${quoteName(place.database, place.table)}`);
  return Number(row?.['n'] ?? 0);
}

async function readByKey(
  session: Session,
  { database, table, columns }: Reading,
  { step, take }: { step: number; take: (rows: readonly SqlRow[]) => void },
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
    take(rows);
    read += rows.length;
  }
  return read;
}

async function readFirst(
  session: Session,
  { database, table, columns, sampleRows }: Reading,
  take: (rows: readonly SqlRow[]) => void,
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
    take(rows);
    if (rows.length < chunk) {
      return read + rows.length;
    }
  }
}

function selection(table: Table, columns: readonly Column[]): string {
  const key = (table.primaryKey ?? []).filter((name) => !columns.some((column) => column.name === name));
  return [...key.map((name) => quoteName(name)), ...columns.map(columnSql)].join(', ');
}

/** JSON as text: MySQL gives documents, MariaDB text. */
export function columnSql(column: Column): string {
  const name = quoteName(column.name);
  if (column.kind === 'json') {
    return `LEFT(CAST(${name} AS CHAR), ${LONGEST_VALUE}) AS ${name}`;
  }
  return isWide(column) ? `LEFT(${name}, ${LONGEST_VALUE}) AS ${name}` : name;
}

function isWide({ kind, maxLength }: Column): boolean {
  return kind === 'json' || ((kind === 'text' || kind === 'binary') && (maxLength === undefined || maxLength > 4096));
}
