import mysql, { type Connection } from 'mysql2/promise';
import type { MariaDbServer } from '../../../sim/mariadb/mariadb-server.ts';
import { compileMask } from '../../../src/data/masks/compile-mask.ts';
import type { MaskSql } from '../../../src/data/masks/mask-sql.ts';
import { quoteName } from '../../../src/data/mysql/quote-name.ts';
import type { Mask } from '../../../src/data/rules/rule-set.ts';
import type { Column, ColumnKind } from '../../../src/data/schema/model.ts';
import { sessionKey } from '../../../src/data/work-database.ts';

export const KEY = 'the key of these tests, of more than 32 characters';

/** A column of a table as the schema's reader would tell of it. */
export function column(columnType: string, parts: Partial<Column> = {}): Column {
  const length = Number(/\((\d+)\)/.exec(columnType)?.[1] ?? Number.NaN);
  const kind = parts.kind ?? kindOf(columnType);
  const isText = kind === 'text';
  return {
    name: 'value',
    kind,
    columnType,
    maxLength: isText || kind === 'binary' ? (LENGTHS[columnType] ?? length) : undefined,
    charset: isText ? 'utf8mb4' : undefined,
    collation: isText ? 'utf8mb4_general_ci' : undefined,
    nullable: true,
    isGenerated: false,
    isAutoIncrement: false,
    followsUpdates: false,
    ...parts,
  };
}

const LENGTHS: Readonly<Record<string, number>> = { text: 65_535, longtext: 4_294_967_295, blob: 65_535 };
const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
  [/char|text/, 'text'],
  [/binary|blob/, 'binary'],
  [/int/, 'integer'],
  [/datetime|timestamp/, 'datetime'],
  [/date/, 'date'],
  [/json/, 'json'],
  [/enum/, 'enum'],
  [/decimal/, 'decimal'],
];

function kindOf(columnType: string): ColumnKind {
  return KINDS.find(([pattern]) => pattern.test(columnType))?.[1] ?? 'other';
}

export async function connect(server: MariaDbServer, key = KEY): Promise<Connection> {
  const database = await server.createDatabase();
  const connection = await mysql.createConnection({
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    database,
    charset: 'utf8mb4',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
  await connection.query("SET time_zone='+00:00', sql_mode='STRICT_ALL_TABLES'");
  await connection.execute('SET @mayfly_key = ?', [sessionKey(key)]);
  return connection;
}

export type Value = string | number | Buffer | null;

export interface Trial {
  readonly column: Column;
  readonly mask: Mask;
  readonly domain?: string;
  readonly comparedAs?: string;
}

export function compiled({ column: of, mask, domain = 'domain', comparedAs }: Trial): MaskSql {
  const result = compileMask({
    table: 'masked',
    column: of,
    mask,
    domain,
    comparedAs,
    columnsOfTable: [column('int', { name: 'id' }), of],
  });
  if ('problem' in result) {
    throw new Error(result.problem);
  }
  return result;
}

/** What an UPDATE leaves of the values, in their order. */
export async function masked(
  connection: Connection,
  trial: Trial,
  values: readonly Value[],
): Promise<readonly Value[]> {
  const { name, columnType, charset, collation, nullable } = trial.column;
  const text = charset === undefined ? '' : `CHARACTER SET ${charset} COLLATE ${collation}`;
  const definition = `${columnType} ${text} ${nullable ? 'NULL' : 'NOT NULL'}`;
  await connection.query('DROP TABLE IF EXISTS masked');
  await connection.query(`CREATE TABLE masked (id INT PRIMARY KEY, ${quoteName(name)} ${definition})`);
  if (values.length > 0) {
    await connection.query(`INSERT INTO masked VALUES ?`, [values.map((value, id) => [id, value])]);
  }
  await connection.query(`UPDATE masked SET ${quoteName(name)} = ${compiled(trial).sql}`);
  const [rows] = await connection.query(`SELECT ${quoteName(name)} AS value FROM masked ORDER BY id`);
  return (rows as { value: Value }[]).map(({ value }) => value);
}
