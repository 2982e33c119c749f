import { TerminalError } from '../../domain/failure.ts';
import type { Clock } from '../../reconcile/clock.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Database } from '../mysql/session.ts';
import { WORK_DATABASE } from '../work-database.ts';
import { readJournal, work } from './journal.ts';
import { createLimit } from './limit.ts';
import { bringBack } from './mask-table.ts';
import { createProgress } from './progress.ts';
import { briefSession, type RunContext } from './run-context.ts';
import { withRunLock } from './run-lock.ts';
import { restoreTriggers } from './triggers.ts';

export interface Aborted {
  /** Tables that are masked to the last row. */
  readonly masked: readonly string[];
  /** Tables where some rows are masked and some are not. */
  readonly partly: readonly string[];
}

interface AbortInput {
  readonly database: Database;
  readonly chunkRows: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Gives an interrupted run up: rows that are in the work database come back, triggers are made again, the work database
 * goes. What was masked or deleted stays so. Undefined when there is no run. May be called again.
 */
export async function abortRun(input: AbortInput): Promise<Aborted | undefined> {
  const { database } = input;
  return await withRunLock(database, async (session) => {
    const journal = await readJournal(session);
    if (!journal) {
      await session.change(`DROP DATABASE IF EXISTS ${quoteName(WORK_DATABASE)}`);
      return undefined;
    }
    const { plan } = journal;
    if (plan.database !== database.name) {
      throw new TerminalError(
        'AnotherRun',
        `The run that was interrupted is of the database ${plan.database}: name that.`,
        {
          actor: 'operator',
        },
      );
    }
    const states = await session.rows(`SELECT number, state, is_rewritten FROM ${work('tables')}`);
    const begun = await session.rows(`SELECT DISTINCT number FROM ${work('parts')} WHERE rows_done > 0`);
    const [masked, partly]: [string[], string[]] = [[], []];
    for (const { number, state, is_rewritten: isRewritten } of states) {
      const table = plan.tables[Number(number)];
      if (!table || table.strategy === 'none') {
        continue;
      }
      if (state === 'emptied') {
        await bringBack(briefSession(database), { number: Number(number), table, state }, contextOf(input, plan));
      }
      if (state === 'done' || state === 'emptied') {
        masked.push(table.table);
      } else if (Number(isRewritten) === 0 && begun.some((part) => part['number'] === number)) {
        partly.push(table.table);
      }
    }
    await restoreTriggers(session, database.name);
    await session.change(`DROP DATABASE ${quoteName(WORK_DATABASE)}`);
    return { masked, partly };
  });
}

/** Coming back needs no key. A table that was about to be emptied is emptied at most, and then `emptied` says so or its rows are there. */
function contextOf({ database, chunkRows, clock, signal }: AbortInput, plan: RunContext['plan']): RunContext {
  return {
    database,
    plan,
    key: '',
    limit: createLimit(1),
    chunkRows,
    workers: 1,
    signal,
    clock,
    progress: createProgress(() => undefined, { clock, ofAbout: 0, done: 0 }),
  };
}
