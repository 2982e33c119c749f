import { isMariaDb } from '../mysql/is-mariadb.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';

/** MariaDB's; in MySQL they stand in the dictionary, and are dropped by who may insert. */
export const MARIADB_STATISTICS = 'column_stats';

interface CountedColumn {
  readonly table: string;
  readonly column: string;
}

/**
 * Columns of which the server keeps values for its optimizer: smallest and largest, and histograms, as they were when
 * somebody asked for them (`ANALYZE TABLE … PERSISTENT FOR`, `UPDATE HISTOGRAM`). Who changes rows does not change those.
 */
export async function columnsWithStatistics(session: Session, database: string): Promise<readonly CountedColumn[]> {
  const rows = await session.rows(
    (await isMariaDb(session))
      ? `SELECT table_name, column_name FROM mysql.${MARIADB_STATISTICS} WHERE db_name = ? ORDER BY table_name, column_name`
      : `SELECT TABLE_NAME AS table_name, COLUMN_NAME AS column_name FROM information_schema.COLUMN_STATISTICS
         WHERE SCHEMA_NAME = ? ORDER BY TABLE_NAME, COLUMN_NAME`,
    [database],
  );
  return rows.map((row) => ({ table: String(row['table_name']), column: String(row['column_name']) }));
}

/** Has all of them go; may be called again. The server makes none by itself. */
export async function forgetStatistics(session: Session, database: string): Promise<void> {
  const columns = await columnsWithStatistics(session, database);
  if (columns.length === 0) {
    return;
  }
  if (await isMariaDb(session)) {
    await session.change(`DELETE FROM mysql.${MARIADB_STATISTICS} WHERE db_name = ?`, [database]);
    return;
  }
  for (const { table, column } of columns) {
    await session.rows(`ANALYZE TABLE ${quoteName(database, table)} DROP HISTOGRAM ON ${quoteName(column)}`);
  }
}
