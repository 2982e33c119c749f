import { TerminalError } from '../../domain/failure.ts';
import type { Database, Session, SqlRow, SqlValue } from '../mysql/session.ts';
import { checksOf } from './checks.ts';
import { columnKind } from './column-kind.ts';
import type { Column, ForeignKey, Schema, Table, UniqueKey } from './model.ts';
import { partitionExpressions } from './partitions.ts';

/** What the server itself tells of the database. Every output column is named: MySQL 8 would give capitals. */
export async function readSchema(database: Database): Promise<Schema> {
  return await database.withSession(async (session) => {
    const ask = async (sql: string) => await session.rows(sql, [database.name]);
    const kinds = await ask(TABLES);
    refuseUnknown(kinds);
    const json = await jsonColumns(session, database.name);
    const columns = byTable(await ask(COLUMNS));
    const keys = byTable(await ask(KEYS));
    const checks = await checksOf(session, database.name);
    const partitions = await partitionExpressions(session, database.name);
    const named = (kind: string) => kinds.filter((row) => row['kind'] === kind);
    const triggers = await ask(TRIGGERS);
    return {
      database: database.name,
      tables: named('BASE TABLE')
        .map((row) => tableOf(row, { columns: columns.get(tableName(row)), keys: keys.get(tableName(row)), json }))
        .map((table) => ({ ...table, checks: checks.get(table.name), partitionedBy: partitions.get(table.name) }))
        .toSorted(byName),
      views: named('VIEW').map(tableName).toSorted(),
      foreignKeys: foreignKeysOf(await ask(FOREIGN_KEYS)),
      triggers: triggers.map((row) => ({ name: text(row['trigger_name']), table: tableName(row) })).toSorted(byName),
    };
  });
}

const TABLES = `SELECT TABLE_NAME AS table_name, TABLE_TYPE AS kind, ENGINE AS engine, TABLE_ROWS AS estimated
  FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?`;
const COLUMNS = `SELECT TABLE_NAME AS table_name, COLUMN_NAME AS column_name, DATA_TYPE AS data_type,
  COLUMN_TYPE AS column_type, CHARACTER_MAXIMUM_LENGTH AS max_length, CHARACTER_SET_NAME AS charset,
  COLLATION_NAME AS collation, IS_NULLABLE AS nullable, EXTRA AS extra, GENERATION_EXPRESSION AS generated_from
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME, ORDINAL_POSITION`;
/** A part of a key that is an expression (MySQL 8) has no name of a column, and is left out. */
const KEYS = `SELECT TABLE_NAME AS table_name, INDEX_NAME AS key_name, COLUMN_NAME AS column_name, SUB_PART AS prefix
  FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND NON_UNIQUE = 0 AND COLUMN_NAME IS NOT NULL
  ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`;
const FOREIGN_KEYS = `SELECT k.TABLE_NAME AS table_name, k.CONSTRAINT_NAME AS key_name, k.COLUMN_NAME AS column_name,
  k.REFERENCED_TABLE_NAME AS parent, k.REFERENCED_COLUMN_NAME AS parent_column, r.DELETE_RULE AS on_delete
  FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r
    ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME
  WHERE k.TABLE_SCHEMA = ? AND k.REFERENCED_TABLE_SCHEMA = k.TABLE_SCHEMA
  ORDER BY k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION`;
const TRIGGERS = `SELECT EVENT_OBJECT_TABLE AS table_name, TRIGGER_NAME AS trigger_name
  FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ?`;

/** MariaDB has no type of its own for JSON: it is a longtext with a check, and that names its table there only. */
async function jsonColumns(session: Session, database: string): Promise<ReadonlySet<string>> {
  const [version] = await session.rows('SELECT VERSION() AS version');
  if (!text(version?.['version']).includes('MariaDB')) {
    return new Set();
  }
  const checks = await session.rows(
    `SELECT TABLE_NAME AS table_name, CHECK_CLAUSE AS clause FROM information_schema.CHECK_CONSTRAINTS
     WHERE CONSTRAINT_SCHEMA = ?`,
    [database],
  );
  return new Set(
    checks.flatMap((row) => {
      const column = /^\s*json_valid\(`(.+)`\)\s*$/is.exec(text(row['clause']))?.[1];
      return column === undefined ? [] : [JSON.stringify([tableName(row), column.replaceAll('``', '`')])];
    }),
  );
}

/** Whatever is neither table nor view would go unmasked. */
function refuseUnknown(kinds: readonly SqlRow[]): void {
  const odd = kinds.find(({ kind }) => !['BASE TABLE', 'VIEW', 'SYSTEM VIEW', 'SEQUENCE'].includes(text(kind)));
  if (odd) {
    throw new TerminalError(
      'TableNotSupported',
      `${tableName(odd)} is of type ${text(odd['kind'])}, whose earlier rows would stay unmasked: make it an ordinary table`,
      { actor: 'operator' },
    );
  }
}

function tableOf(
  row: SqlRow,
  {
    columns = [],
    keys = [],
    json,
  }: { columns: SqlRow[] | undefined; keys: SqlRow[] | undefined; json: ReadonlySet<string> },
): Table {
  const unique = uniqueKeysOf(keys);
  return {
    name: tableName(row),
    engine: text(row['engine']),
    columns: columns.map((column) => columnOf(column, json)),
    primaryKey: unique.find(({ name }) => name === 'PRIMARY')?.columns,
    uniqueKeys: unique.filter(({ name }) => name !== 'PRIMARY').toSorted(byName),
    prefixes: keys
      .filter(({ prefix }) => prefix !== null)
      .map((part) => ({
        key: text(part['key_name']),
        column: text(part['column_name']),
        length: Number(part['prefix']),
      })),
    estimatedRows: Number(row['estimated'] ?? 0),
  };
}

function columnOf(row: SqlRow, json: ReadonlySet<string>): Column {
  const name = text(row['column_name']);
  const kind = json.has(JSON.stringify([tableName(row), name])) ? 'json' : columnKind(text(row['data_type']));
  const extra = text(row['extra']).toUpperCase();
  const ofText = (value: SqlValue | undefined) => (kind === 'text' && value ? text(value) : undefined);
  return {
    name,
    kind,
    columnType: text(row['column_type']),
    maxLength: lengthOf(kind, row),
    charset: ofText(row['charset']),
    collation: ofText(row['collation']),
    nullable: row['nullable'] === 'YES',
    // MySQL also writes DEFAULT_GENERATED, of a default that is an expression.
    isGenerated: text(row['generated_from']) !== '' || /\b(VIRTUAL|STORED|PERSISTENT) GENERATED\b/.test(extra),
    generatedFrom: text(row['generated_from']) || undefined,
    isAutoIncrement: extra.includes('AUTO_INCREMENT'),
    followsUpdates: extra.includes('ON UPDATE'),
  };
}

/** Of `text` and its like the server tells bytes, and a character of utf8mb4 takes up to four. */
function lengthOf(kind: Column['kind'], row: SqlRow): number | undefined {
  if (!['text', 'binary'].includes(kind) || row['max_length'] === null) {
    return undefined;
  }
  const isBytes = kind === 'text' && text(row['data_type']).toLowerCase().endsWith('text');
  return isBytes ? Math.floor(Number(row['max_length']) / 4) : Number(row['max_length']);
}

function uniqueKeysOf(rows: readonly SqlRow[]): UniqueKey[] {
  const keys = Map.groupBy(rows, ({ key_name }) => text(key_name));
  return [...keys].map(([name, parts]) => ({ name, columns: parts.map(({ column_name }) => text(column_name)) }));
}

function foreignKeysOf(rows: readonly SqlRow[]): ForeignKey[] {
  const keys = Map.groupBy(rows, (row) => JSON.stringify([tableName(row), row['key_name']]));
  return [...keys.values()]
    .map((parts) => ({
      name: text(parts[0]?.['key_name']),
      table: text(parts[0]?.['table_name']),
      columns: parts.map(({ column_name }) => text(column_name)),
      referencedTable: text(parts[0]?.['parent']),
      referencedColumns: parts.map(({ parent_column }) => text(parent_column)),
      onDelete: text(parts[0]?.['on_delete']) as ForeignKey['onDelete'],
    }))
    .toSorted(byName);
}

function byTable(rows: readonly SqlRow[]): Map<string, SqlRow[]> {
  return Map.groupBy(rows, tableName);
}

function tableName(row: SqlRow): string {
  return text(row['table_name']);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

function text(value: SqlValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}
