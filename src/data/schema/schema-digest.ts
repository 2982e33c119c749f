import { createHash } from 'node:crypto';
import type { Schema } from './model.ts';

/**
 * SHA-256 of what a rule set and a plan are made for: tables with their columns and keys, views and foreign keys. Not of
 * triggers, which are gone while a run lasts, nor of how many rows there are or what the database is called.
 */
export function schemaDigest({ tables, views, foreignKeys }: Schema): string {
  const shape = {
    tables: tables.map(({ name, engine, columns, primaryKey, uniqueKeys }) => [
      name,
      engine,
      columns.map((column) => [
        column.name,
        column.columnType,
        column.kind,
        column.collation ?? null,
        column.nullable,
        column.isGenerated,
        column.isAutoIncrement,
        column.followsUpdates,
      ]),
      primaryKey ?? null,
      uniqueKeys.map((key) => [key.name, key.columns]),
    ]),
    views,
    foreignKeys: foreignKeys.map((key) => [
      key.name,
      key.table,
      key.columns,
      key.referencedTable,
      key.referencedColumns,
      key.onDelete,
    ]),
  };
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex');
}
