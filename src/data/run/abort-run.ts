import { TerminalError } from '../../domain/failure.ts';
import type { Clock } from '../../reconcile/clock.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Database, Session } from '../mysql/session.ts';
import type { TablePlan } from '../plan/plan.ts';
import { WORK_DATABASE } from '../work-database.ts';
import { assertOwnWork, dropJournal, type Journal, PHASES, type Phase, readJournal, work } from './journal.ts';
import { createLimit } from './limit.ts';
import { bringBack } from './mask-table.ts';
import { createProgress } from './progress.ts';
import { briefSession, type RunContext } from './run-context.ts';
import { withRunLock } from './run-lock.ts';
import { asideName, isOfRows, isStaged, setAside } from './set-aside.ts';
import { restoreTriggers } from './triggers.ts';

export interface Aborted {
  /** Tables that are masked to the last row. */
  readonly masked: readonly string[];
  /** Tables where some rows are masked and some are not. */
  readonly partly: readonly string[];
  readonly left: Left;
}

/**
 * What is left of the database. `unchanged`: it is as it was. `half-masked`: something may be masked or deleted, and not
 * everything. `masked`: every mask was applied, and nobody has looked at the result. `looked-at`: its passport was written
 * besides, whatever that says, and goes with the run.
 */
type Left = 'unchanged' | 'half-masked' | 'masked' | 'looked-at';

interface AbortInput {
  readonly database: Database;
  readonly chunkRows: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Gives an interrupted run up: rows that are in the work database come back, triggers are made again, the work database
 * goes. What was masked or deleted stays so. Undefined when there is no run. May be called again.
 *
 * Rows that their table does not take are set aside in the database itself, so that this comes to its end. Then it throws,
 * and says where they are.
 */
export async function abortRun(input: AbortInput): Promise<Aborted | undefined> {
  const { database } = input;
  return await withRunLock(database, async (session) => {
    const journal = await readJournal(session);
    if (!journal) {
      await assertOwnWork(session);
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
    if (journal.phase === 'done') {
      await dropJournal(session);
      const masked = plan.tables.filter(({ strategy }) => strategy !== 'none').map(({ table }) => table);
      return { masked, partly: [], left: 'looked-at' };
    }
    const tables = await standing(session, plan);
    const stranded: string[] = [];
    for (const { number, table, state, stand } of tables) {
      // Whoever was killed behind the table's TRUNCATE had not said yet that it is empty.
      if (stand === 'staged') {
        stranded.push(...(await comeBack({ number, table, state }, contextOf(input, plan))));
      }
    }
    await restoreTriggers(session, database.name);
    await session.change(`DROP DATABASE ${quoteName(WORK_DATABASE)}`);
    if (stranded.length > 0) {
      throw new TerminalError(
        'RowsLeft',
        'the run is given up, and triggers are back; the data is half masked, and must not be used: restore the database. Not all rows are in their tables:',
        { actor: 'operator', details: stranded },
      );
    }
    const named = (...stands: readonly Stand[]) =>
      tables.filter(({ stand }) => stands.includes(stand)).map(({ table }) => table.table);
    return {
      masked: named('staged', 'masked'),
      partly: named('partly'),
      left: leftOf(journal, tables),
    };
  });
}

/** Triggers are back by now. Behind `untriggered` rows may have gone by rule, and before `prepared` they may still be there. */
function leftOf({ phase, plan }: Journal, tables: readonly { readonly stand: Stand }[]): Left {
  const isBehind = (other: Phase) => PHASES.indexOf(phase) >= PHASES.indexOf(other);
  const mayHaveLost = plan.removals.length > 0 && isBehind('untriggered');
  if (!mayHaveLost && tables.every(({ stand }) => stand === 'original')) {
    return 'unchanged';
  }
  const isPrepared = isBehind('prepared');
  return isPrepared && tables.every(({ stand }) => stand === 'staged' || stand === 'masked') ? 'masked' : 'half-masked';
}

/** Brings the rows of a table back, or sets them aside; tells which those are. */
async function comeBack(
  { number, table, state }: { number: number; table: TablePlan; state: string },
  context: RunContext,
): Promise<string[]> {
  const session = briefSession(context.database);
  const of = { database: context.database.name, number, table: table.table };
  try {
    if (await isStaged(session, number)) {
      await bringBack(session, { number, table, state }, context);
      return [];
    }
    return [said(of, 'an earlier abort moved them')];
  } catch (error) {
    if (!isOfRows(error)) {
      throw error;
    }
    await setAside(session, of);
    return [said(of, error.message)];
  }
}

function said(of: { number: number; table: string }, why: string): string {
  return `table ${of.table}: all its rows, masked, are in the table ${asideName(of)}, and some may be in their own as well (${why})`;
}

/** `staged`: its rows are in the work database, masked. */
type Stand = 'original' | 'partly' | 'staged' | 'masked';

async function standing(session: Session, { tables }: RunContext['plan']) {
  const states = await session.rows(`SELECT number, state, is_rewritten FROM ${work('tables')}`);
  const begun = await session.rows(`SELECT DISTINCT number FROM ${work('parts')} WHERE rows_done > 0`);
  return states.flatMap((row) => {
    const [number, state] = [Number(row['number']), String(row['state'])];
    const table = tables[number];
    const isBegun = Number(row['is_rewritten']) === 0 && begun.some((part) => Number(part['number']) === number);
    return table && table.strategy !== 'none' ? [{ number, table, state, stand: standOf(state, isBegun) }] : [];
  });
}

function standOf(state: string, isBegun: boolean): Stand {
  if (state === 'done') {
    return 'masked';
  }
  if (state === 'staged' || state === 'emptied') {
    return 'staged';
  }
  return isBegun ? 'partly' : 'original';
}

/** Coming back needs no key. */
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
