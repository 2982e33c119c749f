import { TerminalError } from '../../domain/failure.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import { WORK_DATABASE } from '../work-database.ts';
import { stageTable } from './journal.ts';

/** Why a server takes a row never, whatever somebody mends there: what is left has to do with the row. */
const OF_ROWS: ReadonlySet<string> = new Set([
  'CheckViolated',
  'DuplicateValue',
  'NoPartition',
  'NullValue',
  'OutOfRange',
  'ServerError',
  'ValueCut',
  'ValueTooLong',
  'WrongValue',
]);

/** Whether a table does not take its own masked rows, and would not the next time either. */
export function isOfRows(error: unknown): error is TerminalError {
  return error instanceof TerminalError && OF_ROWS.has(error.reason);
}

/** Where the masked rows of a table go that it does not take: to the database itself, where a person can look at them. */
export function asideName({ number, table }: { readonly number: number; readonly table: string }): string {
  return Array.from(`mayfly_left_${number}_${table}`).slice(0, 64).join('');
}

/** Moves them there, at once. May be called again. */
export async function setAside(
  session: Session,
  { database, ...of }: { readonly database: string; readonly number: number; readonly table: string },
): Promise<void> {
  if (await isStaged(session, of.number)) {
    await session.change(
      `RENAME TABLE ${quoteName(WORK_DATABASE, stageTable(of.number))} TO ${quoteName(database, asideName(of))}`,
    );
  }
}

/** Whether a table's masked rows are still in the work database: whoever set them aside may have been killed behind that. */
export async function isStaged(session: Session, number: number): Promise<boolean> {
  const [there] = await session.rows(
    'SELECT 1 AS there FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?',
    [WORK_DATABASE, stageTable(number)],
  );
  return there !== undefined;
}
