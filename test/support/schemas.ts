import type { Column, ForeignKey, Schema, Table } from '../../src/data/schema/model.ts';

/** A `varchar(100)` that is like any other but for `changes`. */
export function columnOf(name: string, changes: Partial<Column> = {}): Column {
  return {
    name,
    kind: 'text',
    columnType: 'varchar(100)',
    maxLength: 100,
    charset: 'utf8mb4',
    collation: 'utf8mb4_unicode_ci',
    nullable: true,
    isGenerated: false,
    isAutoIncrement: false,
    followsUpdates: false,
    ...changes,
  };
}

export function integerColumn(name: string, changes: Partial<Column> = {}): Column {
  return columnOf(name, {
    kind: 'integer',
    columnType: 'int(11)',
    maxLength: undefined,
    charset: undefined,
    collation: undefined,
    ...changes,
  });
}

/** With an `id` as its key before the given columns. */
export function tableOf(name: string, columns: readonly Column[], changes: Partial<Table> = {}): Table {
  return {
    name,
    engine: 'InnoDB',
    columns: [integerColumn('id', { nullable: false, isAutoIncrement: true }), ...columns],
    primaryKey: ['id'],
    uniqueKeys: [],
    estimatedRows: 1000,
    ...changes,
  };
}

/** `keyOf('licence.org_id', 'organisation.id')`. */
export function keyOf(from: string, to: string, changes: Partial<ForeignKey> = {}): ForeignKey {
  const [table = '', column = ''] = from.split('.');
  const [referencedTable = '', referenced = ''] = to.split('.');
  const columns = { columns: [column], referencedTable, referencedColumns: [referenced] };
  return { name: `fk_${table}_${column}`, table, ...columns, onDelete: 'RESTRICT', ...changes };
}

export function schemaOf(tables: readonly Table[], changes: Partial<Schema> = {}): Schema {
  return { database: 'shop', tables, views: [], foreignKeys: [], triggers: [], ...changes };
}
