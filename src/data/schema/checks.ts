import type { Session } from '../mysql/session.ts';
import type { Check } from './model.ts';

/** MariaDB names the table beside the check; MySQL, whose names of checks are unique in a database, does so elsewhere only. */
const OF_MARIADB = `SELECT TABLE_NAME AS table_name, CONSTRAINT_NAME AS name, CHECK_CLAUSE AS clause
  FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?`;
const OF_MYSQL = `SELECT t.TABLE_NAME AS table_name, c.CONSTRAINT_NAME AS name, c.CHECK_CLAUSE AS clause
  FROM information_schema.CHECK_CONSTRAINTS c JOIN information_schema.TABLE_CONSTRAINTS t
    ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME
  WHERE c.CONSTRAINT_SCHEMA = ? AND t.CONSTRAINT_TYPE = 'CHECK' AND t.ENFORCED = 'YES'`;

/** By table. Not those that MariaDB gives to its JSON: no mask leaves a document that is none. */
export async function checksOf(session: Session, database: string): Promise<ReadonlyMap<string, readonly Check[]>> {
  const [version] = await session.rows('SELECT VERSION() AS version');
  const isMariaDb = String(version?.['version']).includes('MariaDB');
  const rows = await session.rows(isMariaDb ? OF_MARIADB : OF_MYSQL, [database]);
  const checks = rows.map((row) => ({
    table: String(row['table_name']),
    name: String(row['name']),
    // MySQL shows quotation marks with a backslash before them.
    condition: isMariaDb ? String(row['clause']) : String(row['clause']).replaceAll(String.raw`\'`, "'"),
  }));
  return Map.groupBy(
    checks.filter(({ condition }) => !/^\s*json_valid\(`[^`]+`\)\s*$/i.test(condition)),
    ({ table }) => table,
  );
}
