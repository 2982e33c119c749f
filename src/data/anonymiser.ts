import { type SignedPassport, serverProblem } from '../domain/passport.ts';
import type { Clock } from '../reconcile/clock.ts';
import { maskDatabase, type RunOrder } from './mask-database.ts';
import type { Database } from './mysql/session.ts';
import { proposeRules } from './propose/propose-rules.ts';
import type { Proposal } from './propose/suggestion.ts';
import { readinessOf } from './readiness.ts';
import type { Coverage } from './rules/cover.ts';
import type { RuleSet } from './rules/rule-set.ts';
import { type Aborted, abortRun } from './run/abort-run.ts';
import type { RunProgress } from './run/progress.ts';
import { readSchema } from './schema/read-schema.ts';
import { assertSeesAll } from './surroundings/missing-grants.ts';
import { otherDatabases } from './surroundings/other-databases.ts';

export interface AnonymiserParts {
  /** A database with so many connections. Called once for each of what an anonymiser is asked. */
  readonly open: (connections: number) => Promise<Database>;
  readonly clock: Clock;
  /** For the passport: `mayfly 0.1.0`. */
  readonly madeBy: string;
}

/** `serverProblem`: why no cluster with this database can be a source as it stands; that is of no other use of it. */
export type Checked = Coverage & { readonly serverProblem?: string | undefined };

/** Few enough to leave a small instance time for others, and enough to keep its disk at work. */
const WORKERS = 4;
const CHUNK_ROWS = 2000;
/** A proposal is for a person to review. */
const PROPOSAL_ROWS = 2000;
/** Connections of a run beside its workers'. */
const BESIDE = 3;

/** Compares rules with a database, masks it, proves what came of it, or proposes rules for it. */
export function createAnonymiser({ open, clock, madeBy }: AnonymiserParts) {
  async function withDatabase<T>(connections: number, work: (database: Database) => Promise<T>): Promise<T> {
    const database = await open(connections);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }

  return {
    async check(ruleSet: RuleSet): Promise<Checked> {
      return await withDatabase(1, async (database) => {
        const readiness = await readinessOf(database, { ruleSet, asOf: clock.now().toISOString().slice(0, 10) });
        if (!readiness.ok) {
          return { ok: false, problems: [...readiness.rules, ...readiness.server] };
        }
        const others = await otherDatabases(database, ruleSet.otherDatabases);
        return { ...readiness.coverage, serverProblem: serverProblem({ otherDatabases: others }) };
      });
    },

    async run(given: RunOrder, report: (progress: RunProgress) => void): Promise<SignedPassport> {
      given.signal.throwIfAborted();
      const order = { ...given, workers: given.workers ?? WORKERS, chunkRows: given.chunkRows ?? CHUNK_ROWS };
      return await withDatabase(
        order.workers + BESIDE,
        async (database) => await maskDatabase({ database, order, clock, madeBy, report }),
      );
    },

    async abort(signal: AbortSignal): Promise<Aborted | undefined> {
      return await withDatabase(BESIDE, async (database) => {
        return await abortRun({ database, chunkRows: CHUNK_ROWS, clock, signal });
      });
    },

    async propose(): Promise<Proposal> {
      return await withDatabase(2, async (database) => {
        await assertSeesAll(database);
        return await proposeRules({ database, schema: await readSchema(database), sampleRows: PROPOSAL_ROWS });
      });
    },
  };
}
