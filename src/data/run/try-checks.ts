import { TerminalError } from '../../domain/failure.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import type { TablePlan } from '../plan/plan.ts';
import type { RunContext } from './run-context.ts';

/**
 * Refuses a table of which a masked row would break a check, once its maps are drawn and before a row is masked. Reads
 * all of its rows, and so works its masks out once more.
 */
export async function tryChecks(session: Session, table: TablePlan, { plan, signal }: RunContext): Promise<void> {
  for (const { name, condition } of table.checks ?? []) {
    signal.throwIfAborted();
    if (await isBroken(session, { table, database: plan.database, condition })) {
      throw new TerminalError(
        'CheckViolated',
        `table ${table.table}: a masked row would break its check ${name}, and no row is masked yet. Give this run up with mayfly anonymise abort; then keep the columns that the check looks at, or drop it in the copy.`,
        { actor: 'operator' },
      );
    }
  }
}

/** A condition that cannot be read by itself is none to be tried: the server does so with each row. */
async function isBroken(
  session: Session,
  { table, database, condition }: { table: TablePlan; database: string; condition: string },
): Promise<boolean> {
  const masked = table.columns.map((column) => {
    const sql = table.assignments.find((one) => one.column === column)?.sql;
    return sql === undefined ? quoteName(column) : `${sql} AS ${quoteName(column)}`;
  });
  try {
    const broken = await session.rows(
      `SELECT 1 AS broken FROM (SELECT ${masked.join(', ')} FROM ${quoteName(database, table.table)}) mayfly_masked
       WHERE NOT (${condition}) LIMIT 1`,
    );
    return broken.length > 0;
  } catch (error) {
    if (error instanceof TerminalError) {
      return false;
    }
    throw error;
  }
}
