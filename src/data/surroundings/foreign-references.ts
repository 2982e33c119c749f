import type { Database, SqlRow } from '../mysql/session.ts';
import type { CoveredTable } from '../rules/covered.ts';
import { spoken } from '../rules/spoken-name.ts';

/** Both ways between this database and others. Of others the server tells what the user has privileges on. */
const ACROSS = `SELECT CONSTRAINT_NAME AS key_name, TABLE_SCHEMA AS child_schema, TABLE_NAME AS child, COLUMN_NAME AS child_column,
    REFERENCED_TABLE_SCHEMA AS parent_schema, REFERENCED_TABLE_NAME AS parent, REFERENCED_COLUMN_NAME AS parent_column
  FROM information_schema.KEY_COLUMN_USAGE
  WHERE REFERENCED_TABLE_SCHEMA <> TABLE_SCHEMA AND ? IN (TABLE_SCHEMA, REFERENCED_TABLE_SCHEMA)
  ORDER BY TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`;

/**
 * Foreign keys between this database and another one that masking would break, a sentence each: only one end of them is
 * masked. The other end would keep the original too.
 */
export async function brokenAcross(database: Database, tables: readonly CoveredTable[]): Promise<readonly string[]> {
  const rows = await database.withSession(async (session) => await session.rows(ACROSS, [database.name]));
  return rows.flatMap((row) => {
    const isChild = row['child_schema'] === database.name;
    const [table, column] = [
      String(row[isChild ? 'child' : 'parent']),
      String(row[isChild ? 'child_column' : 'parent_column']),
    ];
    const what = changeOf(tables, { table, column, isChild });
    return what === undefined
      ? []
      : [`${what}, and the foreign key ${spoken(String(row['key_name']))} ${across(row, isChild)}`];
  });
}

function changeOf(
  tables: readonly CoveredTable[],
  { table, column, isChild }: { table: string; column: string; isChild: boolean },
): string | undefined {
  const covered = tables.find((one) => one.table.name === table);
  const mask = covered?.columns.find((one) => one.column.name.toLowerCase() === column.toLowerCase())?.mask.kind;
  // Whoever refers to nothing, or is gone, breaks no foreign key.
  if (!isChild && covered && covered.rows.length > 0) {
    return `rows of ${spoken(table)} are deleted`;
  }
  return mask === undefined || mask === 'keep' || (isChild && mask === 'null')
    ? undefined
    : `${spoken(table, column)} is masked`;
}

function across(row: SqlRow, isChild: boolean): string {
  const end = (which: 'child' | 'parent') =>
    ['_schema', '', '_column'].map((part) => String(row[`${which}${part}`])).join('.');
  return isChild
    ? `ties it to ${end('parent')} of another database, which is not: keep it, or drop that key`
    : `of another database refers to it by ${end('child')}, which stays as it is: keep it, or drop that key`;
}
