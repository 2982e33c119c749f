import type { Session } from '../mysql/session.ts';

interface Log {
  readonly setting: string;
  readonly table: string;
  /** RDS lets nobody truncate it, and moves it into a copy that the next call drops ("Rotating the query logs"). */
  readonly rotate: string;
}

/** Both servers have these, and RDS a copy of each. */
export const LOGS: readonly Log[] = [
  { setting: 'general_log', table: 'general_log', rotate: 'rds_rotate_general_log' },
  { setting: 'slow_query_log', table: 'slow_log', rotate: 'rds_rotate_slow_log' },
];

/** Tables of the server that hold statements, with the values that stood in them, or will by the end; a sentence each. */
export async function loggedStatements(session: Session): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const log of LOGS) {
    const problem = await problemOf(session, log);
    problems.push(...(problem === undefined ? [] : [problem]));
  }
  return problems;
}

async function problemOf(session: Session, { setting, table, rotate }: Log): Promise<string | undefined> {
  const [log] = await session.rows(`SELECT @@GLOBAL.${setting} AS is_on, @@GLOBAL.log_output AS output`);
  const isWritten = Number(log?.['is_on']) === 1 && String(log?.['output']).includes('TABLE');
  const tables = await session.rows(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'mysql' AND TABLE_NAME IN (?, ?)",
    [table, `${table}_backup`],
  );
  for (const { name } of tables) {
    const rows = await session.rows(`SELECT 1 AS there FROM mysql.${String(name)} LIMIT 1`);
    if (rows.length > 0 || isWritten) {
      const off = isWritten ? `SET GLOBAL ${setting} = OFF, then ` : '';
      return `mysql.${String(name)} holds statements with their values: ${off}TRUNCATE mysql.${String(name)} (RDS: CALL mysql.${rotate}, twice)`;
    }
  }
  return undefined;
}
