import type { DatabaseSchema, TableShape } from '../../domain/database-schema.ts';
import { TerminalError } from '../../domain/failure.ts';
import type { HistoryRow } from '../../domain/migrations/tool.ts';
import type { DatabasePlace, SchemaRequest, SeenSchema } from '../../reconcile/database/database-look.ts';
import { openDatabase } from '../mysql/open-database.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Database, SqlRow, SqlValue } from '../mysql/session.ts';
import { type Asking, withinLimit } from './within-limit.ts';

/** No application has more; whatever has is not described, rather than kept in every memory on the way. */
const MOST_ROWS = 100_000;
/** Of a default that is an expression. */
const MOST_OF_A_TYPE = 200;

/** Every output column is named: MySQL 8 would give capitals. */
const COLUMNS = `SELECT TABLE_NAME AS table_name, COLUMN_NAME AS column_name, COLUMN_TYPE AS column_type,
  IS_NULLABLE AS nullable, COLUMN_DEFAULT AS default_value, EXTRA AS extra
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME, ORDINAL_POSITION LIMIT ${MOST_ROWS + 1}`;
/** A part that is an expression (MySQL 8) has no name of a column. */
const INDEXES = `SELECT TABLE_NAME AS table_name, INDEX_NAME AS index_name, NON_UNIQUE AS non_unique, INDEX_TYPE AS kind,
  COLUMN_NAME AS column_name, SUB_PART AS sub_part
  FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ?
  ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX LIMIT ${MOST_ROWS + 1}`;

/** Connects, asks, and leaves nothing open; the limit holds for all of it. */
export async function schemaOf(
  place: DatabasePlace,
  request: SchemaRequest,
  { limitMs, tls }: Asking,
): Promise<SeenSchema> {
  return await withinLimit(read({ ...place, tls }, request), { ...place, limitMs });
}

async function read(place: DatabasePlace & Pick<Asking, 'tls'>, request: SchemaRequest): Promise<SeenSchema> {
  const database = await openDatabase({ ...place, database: request.database, connections: 1 });
  try {
    return { schema: await shapeOf(database), rows: await historyIn(database, request) };
  } finally {
    database.close().catch(() => undefined);
  }
}

export async function shapeOf(database: Database): Promise<DatabaseSchema> {
  return await database.withSession(async (session) => {
    const columns = await session.rows(COLUMNS, [database.name]);
    const indexes = await session.rows(INDEXES, [database.name]);
    if (columns.length > MOST_ROWS || indexes.length > MOST_ROWS) {
      throw new TerminalError('SchemaTooLarge', `has more than ${MOST_ROWS} columns`, { actor: 'operator' });
    }
    const indexesOf = Map.groupBy(indexes, tableName);
    const tables = [...Map.groupBy(columns, tableName)].map(
      ([name, rows]): TableShape => ({
        name,
        columns: rows.map((row) => ({ name: text(row['column_name']), type: typeOf(row) })),
        indexes: indexesIn(indexesOf.get(name) ?? []),
      }),
    );
    return { tables };
  });
}

function typeOf(row: SqlRow): string {
  const { nullable, default_value: value, extra } = row;
  const parts = [
    text(row['column_type']),
    nullable === 'YES' ? '' : 'not null',
    value === null || value === undefined || text(value).toUpperCase() === 'NULL' ? '' : `default ${text(value)}`,
    text(extra).toLowerCase(),
  ];
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, MOST_OF_A_TYPE);
}

function indexesIn(rows: readonly SqlRow[]): TableShape['indexes'] {
  return [...Map.groupBy(rows, (row) => text(row['index_name']))].map(([name, parts]) => {
    const [first] = parts;
    const kind = text(first?.['kind']).toLowerCase();
    const unique = Number(first?.['non_unique']) === 0 ? 'unique ' : '';
    const special = kind === 'fulltext' || kind === 'spatial' ? `${kind} ` : '';
    return { name, over: `${unique}${special}(${parts.map(partOf).join(', ')})` };
  });
}

function partOf({ column_name: column, sub_part: length }: SqlRow): string {
  if (column === null) {
    return 'an expression';
  }
  return length === null || length === undefined ? text(column) : `${text(column)}(${text(length)})`;
}

/** A connection of its own turn: a statement that fails takes its session with it. */
export async function historyIn(
  database: Database,
  { table, tool: { columns, orderBy } }: SchemaRequest,
): Promise<readonly HistoryRow[] | null> {
  const [wanted, order] = [columns, orderBy].map((names) => names.map((name) => quoteName(name)).join(', '));
  const statement = `SELECT ${wanted} FROM ${quoteName(database.name)}.${quoteName(table)} ORDER BY ${order} LIMIT ${MOST_ROWS}`;
  try {
    const rows = await database.withSession(async (session) => await session.rows(statement));
    return rows.map((row) => Object.fromEntries(columns.map((column) => [column, plain(row[column])])));
  } catch (error) {
    if (error instanceof TerminalError && ['UnknownTable', 'UnknownColumn'].includes(error.reason)) {
      return null;
    }
    throw error;
  }
}

/** A column of bits comes as bytes: of one with a single bit, the last is its number. */
function plain(value: SqlValue | undefined): string | number | null {
  return Buffer.isBuffer(value) ? (value.at(-1) ?? 0) : (value ?? null);
}

function tableName(row: SqlRow): string {
  return text(row['table_name']);
}

function text(value: SqlValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}
