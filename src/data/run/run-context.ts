import type { Clock } from '../../reconcile/clock.ts';
import type { Database, Session } from '../mysql/session.ts';
import type { Plan, TablePlan } from '../plan/plan.ts';
import { KEY_VARIABLE, sessionKey } from '../work-database.ts';
import type { Progress } from './progress.ts';

/** What every step of a run has. */
export interface RunContext {
  readonly database: Database;
  readonly plan: Plan;
  readonly key: string;
  /** Lets as many works run at once as there are workers. */
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>;
  readonly chunkRows: number;
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly progress: Progress;
}

/** A session that masks: it has the key, and foreign keys wait until the end, when all tables are through. */
export async function withMaskingSession<T>(
  { database, key }: Pick<RunContext, 'database' | 'key'>,
  task: (session: Session) => Promise<T>,
): Promise<T> {
  return await database.withSession(async (session) => {
    // MariaDB (`/*M!`) remembers answers of a subquery by the column that it looks up, as that compares: a map that tells
    // a from A would not be asked for the second of them.
    await session.change("SET SESSION foreign_key_checks = 0 /*M!100000 , optimizer_switch = 'subquery_cache=off' */");
    await session.remember(KEY_VARIABLE, sessionKey(key));
    return await task(session);
  });
}

/** By estimated rows, the largest first, so that the last worker is not alone with it. */
export function numbered(plan: Plan): readonly { readonly number: number; readonly table: TablePlan }[] {
  return plan.tables
    .map((table, number) => ({ number, table }))
    .toSorted((a, b) => b.table.estimatedRows - a.table.estimatedRows);
}

/** A session for single statements: each takes a connection for as long as it lasts, so that waiting holds none. */
export function briefSession(database: Database): Session {
  return {
    rows: async (sql, values) => await database.withSession(async (session) => await session.rows(sql, values)),
    change: async (sql, values) => await database.withSession(async (session) => await session.change(sql, values)),
    remember: async (variable, value) =>
      await database.withSession(async (session) => await session.remember(variable, value)),
  };
}
