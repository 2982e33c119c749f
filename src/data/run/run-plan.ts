import { TerminalError } from '../../domain/failure.ts';
import type { TableCount } from '../../domain/passport.ts';
import type { Clock } from '../../reconcile/clock.ts';
import type { Database, Session } from '../mysql/session.ts';
import type { Plan, ValueMap } from '../plan/plan.ts';
import type { Schema } from '../schema/model.ts';
import { schemaDigest } from '../schema/schema-digest.ts';
import { forgetStatistics } from '../surroundings/column-statistics.ts';
import { dealValues } from './deal-values.ts';
import { drawMap, meetsOriginals } from './draw-maps.ts';
import { dropJournal, enterEnd, enterPhase, type Journal, openJournal, PHASES, type Phase, work } from './journal.ts';
import { createLimit } from './limit.ts';
import { maskTable } from './mask-table.ts';
import { createProgress, type RunProgress } from './progress.ts';
import { removeRows } from './remove-rows.ts';
import { retryPassing } from './retry-passing.ts';
import { numbered, type RunContext, withMaskingSession } from './run-context.ts';
import { withRunLock } from './run-lock.ts';
import { assertMayMakeTriggers, dropTriggers, restoreTriggers, saveTriggers } from './triggers.ts';
import { tryChecks } from './try-checks.ts';

export interface RunInput {
  /** Needs two connections more than there are workers, one of them for the lock. */
  readonly database: Database;
  /** For a fresh run; one that was interrupted goes on with its own. */
  readonly plan: Plan;
  /** Of the masks, at least 32 characters. */
  readonly key: string;
  readonly ruleSetDigest: string;
  /** As it was read before the run, or after it was interrupted. */
  readonly schema: Schema;
  readonly workers: number;
  /** Of the first chunk; the others become as large as half a second is. */
  readonly chunkRows: number;
  readonly report: (progress: RunProgress) => void;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** When the journal is there and nothing is changed yet. May be called again after a kill, as long as that is so. */
  readonly beforeMasking?: (() => Promise<void>) | undefined;
  /** When the rows that go are gone and nothing is masked yet. May be called again after a kill, as long as that is so. */
  readonly afterRemoving?: (() => Promise<void>) | undefined;
  /**
   * When all is masked and the triggers are back, with the work database still there: the place to verify. When it
   * throws, the same call comes back here.
   */
  readonly afterMasking?: ((masked: Masked) => Promise<void>) | undefined;
}

export interface Masked {
  readonly counts: readonly TableCount[];
  /** What `keep` was told by a call that did not come to its end. */
  readonly kept: string | undefined;
  /** Writes down that the run is done, with what proves it. */
  readonly keep: (proof: string) => Promise<void>;
}

/**
 * Masks the database by the plan, and removes the work database at the end. Whenever it fails, and wherever it was killed,
 * the same call goes on; a connection that is lost is waited for. Refuses with `TerminalError` when another run is at work,
 * or one with another rule set, schema or key was left unfinished.
 */
export async function runPlan(input: RunInput): Promise<{ readonly counts: readonly TableCount[] }> {
  const { database, clock, signal } = input;
  const steps = { seen: 0 };
  return await retryPassing(
    async () => await withRunLock(database, async (session) => await go(session, input, steps)),
    { clock, signal, progress: () => steps.seen },
  );
}

async function go(
  session: Session,
  input: RunInput,
  steps: { seen: number },
): Promise<{ readonly counts: readonly TableCount[] }> {
  const { database, plan, key, ruleSetDigest, schema, afterMasking } = input;
  const identity = { database: database.name, ruleSet: ruleSetDigest, schema: schemaDigest(schema), key };
  const journal = await openJournal(session, identity, plan);
  const counts = journal.end?.counts ?? (await masked(session, { input, journal, steps }));
  await afterMasking?.({
    counts,
    kept: journal.end?.proof,
    keep: async (proof) => await enterEnd(session, { counts, proof }),
  });
  await dropJournal(session);
  return { counts };
}

/** All rows masked, and everything else as it was. */
async function masked(
  session: Session,
  { input, journal, steps }: { input: RunInput; journal: Journal; steps: { seen: number } },
): Promise<readonly TableCount[]> {
  const { database, beforeMasking, afterRemoving } = input;
  const stop = new AbortController();
  const context = await contextOf(session, { input, journal, stop, steps });
  const phase = phases(session, { journal, context });

  await phase('noted', async () => await beforeMasking?.());
  await phase('untriggered', async () => await untrigger(session, journal.plan));
  await phase('removed', async () => {
    await withMaskingSession(context, async (own) => await removeRows(own, context));
    await afterRemoving?.();
  });
  await phase('prepared', async () => await prepare(context));
  await phase('masked', async () => await maskAll(context, stop));
  await phase('whole', async () => {
    await restoreTriggers(session, database.name);
    await forgetStatistics(session, database.name);
  });
  return await countsOf(session, journal.plan);
}

/** Does what the journal does not say is done. */
function phases(session: Session, { journal, context }: { journal: Journal; context: RunContext }) {
  return async (phase: Phase, step: () => Promise<void>): Promise<void> => {
    if (PHASES.indexOf(journal.phase) < PHASES.indexOf(phase)) {
      context.signal.throwIfAborted();
      context.progress.enter(phase);
      await step();
      await enterPhase(session, phase);
    }
  };
}

/** Whoever was killed while dropping had written them all down before. */
async function untrigger(session: Session, { database, tables }: Plan): Promise<void> {
  const [saved] = await session.rows(`SELECT COUNT(*) AS n FROM ${work('triggers')}`);
  if (Number(saved?.['n']) === 0) {
    const changed = tables.find(({ strategy, losesRows }) => strategy !== 'none' || losesRows);
    if (changed) {
      await assertMayMakeTriggers(session, database, changed.table);
    }
    await saveTriggers(session, database);
  }
  await dropTriggers(session, database);
}

async function contextOf(
  session: Session,
  {
    input,
    journal,
    stop,
    steps,
  }: { input: RunInput; journal: Journal; stop: AbortController; steps: { seen: number } },
): Promise<RunContext> {
  const { database, key, workers, chunkRows, signal, clock, report } = input;
  const [done] = await session.rows(`SELECT SUM(rows_done) AS n FROM ${work('parts')}`);
  const passes = { none: 0, update: 1, rewrite: 2 };
  const ofAbout = journal.plan.tables.reduce(
    (sum, { strategy, estimatedRows }) => sum + passes[strategy] * estimatedRows,
    0,
  );
  const tell = (progress: RunProgress) => {
    steps.seen += 1;
    report(progress);
  };
  return {
    database,
    plan: journal.plan,
    key,
    limit: createLimit(workers),
    chunkRows,
    workers,
    signal: AbortSignal.any([signal, stop.signal]),
    clock,
    progress: createProgress(tell, { clock, ofAbout, done: Number(done?.['n'] ?? 0) }),
  };
}

/** All that has to see the originals, of every table, before the first is masked. */
async function prepare(context: RunContext): Promise<void> {
  await withMaskingSession(context, async (session) => {
    for (const map of context.plan.maps) {
      context.signal.throwIfAborted();
      context.progress.enter(`draw ${map.root.table}`);
      await drawMap(session, map, context);
      if (await meetsOriginals(session, map)) {
        await rewriteOwners(session, map, context.plan);
      }
    }
    for (const table of context.plan.tables) {
      for (const shuffle of table.shuffles) {
        context.signal.throwIfAborted();
        context.progress.enter(`deal ${table.table}`);
        await dealValues(session, { shuffle, table }, context);
      }
    }
    for (const table of context.plan.tables) {
      await tryChecks(session, table, context);
    }
  });
}

/** An update would put such a value beside the row that still has it. */
async function rewriteOwners(session: Session, { name }: ValueMap, { tables }: Plan): Promise<void> {
  for (const [number, { maps }] of tables.entries()) {
    if (maps.includes(name)) {
      await session.change(`UPDATE ${work('tables')} SET is_rewritten = TRUE WHERE number = ?`, [number]);
    }
  }
}

/** All tables at once, as far as there are workers. The first failure stops the others behind their chunk. */
async function maskAll(context: RunContext, stop: AbortController): Promise<void> {
  const perTable = createLimit(context.workers);
  const failures: unknown[] = [];
  await Promise.all(
    numbered(context.plan).map(
      async (table) =>
        await perTable(async () => {
          try {
            context.signal.throwIfAborted();
            await maskTable(table, context);
          } catch (error) {
            failures.push(within(table.table.table, error));
            stop.abort(error);
          }
        }),
    ),
  );
  if (failures.length > 0) {
    throw failures[0];
  }
}

function within(table: string, error: unknown): unknown {
  return error instanceof TerminalError && error.actor !== 'nobody'
    ? new TerminalError(error.reason, `table ${table}: ${error.message}`, { actor: error.actor })
    : error;
}

async function countsOf(session: Session, { tables }: Plan): Promise<readonly TableCount[]> {
  const rows = await session.rows(`SELECT * FROM ${work('tables')} ORDER BY number`);
  return rows.map((row) => ({
    table: tables[Number(row['number'])]?.table ?? '',
    before: Number(row['rows_before']),
    after: Number(row['rows_after']),
  }));
}
