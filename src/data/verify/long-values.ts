import { quoteName } from '../mysql/quote-name.ts';
import type { Database, Session, SqlRow, SqlValue } from '../mysql/session.ts';
import type { Column, Table } from '../schema/model.ts';
import { among } from './primary-key.ts';

/** Of one value, characters or bytes, as it comes with its row: what is longer is asked for by itself. */
export const LONGEST_VALUE = 65_536;
/** In pieces that fit into a packet of any server. */
const PIECE = 262_144;
const PIECES = 32;

/** JSON as text: MySQL gives documents, MariaDB text. */
export function textSql({ name, kind }: Column): string {
  return kind === 'json' ? `CAST(${quoteName(name)} AS CHAR)` : quoteName(name);
}

/** A column that says, of one that may hold long values, whether this one is. */
export function longFlags(columns: readonly Column[]): readonly string[] {
  return columns.filter(mayBeLong).map((column) => {
    const length = `${column.kind === 'binary' ? 'LENGTH' : 'CHAR_LENGTH'}(${textSql(column)})`;
    return `${length} > ${LONGEST_VALUE} AS ${quoteName(flagOf(column))}`;
  });
}

function mayBeLong({ kind, maxLength = Number.POSITIVE_INFINITY }: Column): boolean {
  return kind === 'json' || ((kind === 'text' || kind === 'binary') && maxLength > LONGEST_VALUE);
}

function flagOf({ name }: Column): string {
  return `mayfly: ${name} is long`;
}

/** Whole rows, for those that came with values that were cut. */
export function createLongValues(
  session: Session,
  { database, table, columns }: { database: Database; table: Table; columns: readonly Column[] },
) {
  const long = columns.filter(mayBeLong);
  const isCut = (row: SqlRow, column: Column) => Number(row[flagOf(column)] ?? 0) > 0;

  async function read(row: SqlRow, column: Column): Promise<SqlValue | undefined> {
    const { sql, values } = among(table.primaryKey ?? [], [row]);
    const pieces: SqlValue[] = [];
    for (let at = 0; at < PIECES; at += 1) {
      const [next] = await session.rows(
        `SELECT SUBSTRING(${textSql(column)}, ${at * PIECE + 1}, ${PIECE}) AS piece
         FROM ${quoteName(database.name, table.name)} WHERE ${sql}`,
        values,
      );
      const piece = next?.['piece'] ?? null;
      if (piece === null || String(piece) === '') {
        return joined(pieces);
      }
      pieces.push(piece);
    }
    return undefined;
  }

  return {
    isLong: (row: SqlRow) => long.some((column) => isCut(row, column)),
    /** With as much of each value as can be read, and how many of them there was more of. */
    async whole(row: SqlRow): Promise<{ readonly row: SqlRow; readonly cut: number }> {
      const values: Record<string, SqlValue> = {};
      let cut = 0;
      for (const column of long.filter((each) => isCut(row, each))) {
        const value = table.primaryKey ? await read(row, column) : undefined;
        cut += Number(value === undefined);
        values[column.name] = value ?? row[column.name] ?? null;
      }
      return { row: { ...row, ...values }, cut };
    },
  };
}

function joined(pieces: readonly SqlValue[]): SqlValue {
  return pieces.every((piece) => Buffer.isBuffer(piece)) ? Buffer.concat(pieces) : pieces.join('');
}
