import { TerminalError } from '../domain/failure.ts';
import {
  type Passport,
  type SignedPassport,
  serverProblem,
  signPassport,
  type TableCount,
} from '../domain/passport.ts';
import { type SignedShape, signShape } from '../domain/source-shape.ts';
import type { Clock } from '../reconcile/clock.ts';
import { sourceShapeOf } from './look/source-shape.ts';
import { compileMask } from './masks/compile-mask.ts';
import type { Database } from './mysql/session.ts';
import { absentPaths } from './plan/absent-paths.ts';
import { makePlan } from './plan/make-plan.ts';
import type { Plan } from './plan/plan.ts';
import { tooManyValues } from './plan/too-many-values.ts';
import { unreadableSql } from './plan/unreadable-sql.ts';
import { proposeRules } from './propose/propose-rules.ts';
import type { Proposal } from './propose/suggestion.ts';
import { type Coverage, cover } from './rules/cover.ts';
import { coverageOf } from './rules/coverage-of.ts';
import type { CoveredTable } from './rules/covered.ts';
import type { RuleSet } from './rules/rule-set.ts';
import { type Aborted, abortRun } from './run/abort-run.ts';
import { hasChangedAnything, readJournal } from './run/journal.ts';
import type { RunProgress } from './run/progress.ts';
import { runPlan } from './run/run-plan.ts';
import type { Schema } from './schema/model.ts';
import { readSchema } from './schema/read-schema.ts';
import { schemaDigest } from './schema/schema-digest.ts';
import { assertSeesAll, missingGrants } from './surroundings/missing-grants.ts';
import { otherDatabases } from './surroundings/other-databases.ts';
import { unsafeSurroundings } from './surroundings/unsafe-surroundings.ts';
import { checkCopies } from './verify/check-copies.ts';
import { checkCounts } from './verify/check-counts.ts';
import { checkDocuments, noteDocuments, unmaskableDocuments } from './verify/check-documents.ts';
import { checkEvents } from './verify/check-events.ts';
import { checkReferences } from './verify/check-references.ts';
import { checkSmoke } from './verify/check-smoke.ts';
import { checkUniqueness } from './verify/check-uniqueness.ts';
import { countCases, countedCases } from './verify/count-cases.ts';
import { createStore } from './verify/fingerprint-store.ts';
import { makePassport, provesTheSame } from './verify/make-passport.ts';
import { scan } from './verify/scan.ts';
import { takeFingerprints } from './verify/take-fingerprints.ts';

export interface AnonymiserParts {
  /** A database with so many connections. Called once for each of what an anonymiser is asked. */
  readonly open: (connections: number) => Promise<Database>;
  readonly clock: Clock;
  /** For the passport: `mayfly 0.1.0`. */
  readonly madeBy: string;
}

/** `serverProblem`: why no cluster with this database can be a source as it stands; that is of no other use of it. */
export type Checked = Coverage & { readonly serverProblem?: string | undefined };

/** What a run is told; see `RunOptions` of the command line. */
export interface RunOrder {
  readonly ruleSet: RuleSet;
  readonly digest: string;
  readonly key: string;
  readonly signingKey: string;
  readonly workers: number | undefined;
  readonly chunkRows: number | undefined;
  readonly asOf: string | undefined;
  readonly source: string;
  readonly takenAt: string | null;
  readonly signal: AbortSignal;
  /**
   * Puts the passport where it is wanted, and the source's shape where that could be told, while the journal still stands. When that fails, or the process dies first, the
   * next run comes back here and masks nothing again.
   */
  readonly deliver: (signed: SignedPassport, shape: SignedShape | undefined) => Promise<void>;
}

/** Few enough to leave a small instance time for others, and enough to keep its disk at work. */
const WORKERS = 4;
const CHUNK_ROWS = 2000;
/** Of a bigger table, this many rows are looked at, spread over all of it. */
const SAMPLE_ROWS = 200_000;
/** A proposal is for a person to review. */
const PROPOSAL_ROWS = 2000;

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
        const missing = await missingGrants(database);
        if (missing.length > 0) {
          return { ok: false, problems: missing };
        }
        const schema = await readSchema(database);
        const coverage = cover(ruleSet, schema);
        if (!coverage.ok) {
          return coverage;
        }
        const plan = makePlan({ schema, tables: coverage.tables, compile: compileMask, asOf: dayOf(clock.now()) });
        const problems = [
          ...('problems' in plan ? plan.problems : await tooManyValues(database, { plan, tables: schema.tables })),
          ...(await unlikeTheData(database, { tables: coverage.tables, ruleSet })),
          ...(await unsafeSurroundings(database, coverage.tables)),
        ];
        if (problems.length > 0) {
          return { ok: false, problems };
        }
        const others = await otherDatabases(database, ruleSet.otherDatabases);
        return { ...coverage, serverProblem: serverProblem({ otherDatabases: others }) };
      });
    },

    async run(order: RunOrder, report: (progress: RunProgress) => void): Promise<SignedPassport> {
      order.signal.throwIfAborted();
      const workers = order.workers ?? WORKERS;
      const beside = 3;
      return await withDatabase(workers + beside, async (database) => {
        return await mask({ database, order: { ...order, workers }, clock, madeBy, report });
      });
    },

    async abort(signal: AbortSignal): Promise<Aborted | undefined> {
      return await withDatabase(3, async (database) => {
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

interface Masking {
  readonly database: Database;
  readonly order: RunOrder & { readonly workers: number };
  readonly clock: Clock;
  readonly madeBy: string;
  readonly report: (progress: RunProgress) => void;
}

async function mask({ database, order, clock, madeBy, report }: Masking): Promise<SignedPassport> {
  const startedAt = clock.now();
  const missing = await missingGrants(database);
  if (missing.length > 0) {
    throw notReady(missing);
  }
  const schema = await readSchema(database);
  const { tables, plan } = planned(order, { schema, today: dayOf(startedAt) });
  const unfitting = [
    ...(await unlikeTheData(database, { tables, ruleSet: order.ruleSet })),
    ...(await tooManyValues(database, { plan, tables: schema.tables })),
  ];
  if (unfitting.length > 0) {
    throw unfit(unfitting);
  }
  const unsafe = await unsafeSurroundings(database, tables);
  if (unsafe.length > 0) {
    throw notReady(unsafe);
  }
  const prove = async (counts: readonly TableCount[]): Promise<Passport> => {
    const facts = await proofOf({ database, order, tables, counts });
    return makePassport({
      ...facts,
      source: order.source,
      takenAt: order.takenAt,
      database: database.name,
      ruleSet: order.digest,
      startedAt: startedAt.toISOString(),
      finishedAt: clock.now().toISOString(),
      madeBy,
    });
  };
  let signed: SignedPassport | undefined;
  await runPlan({
    database,
    plan,
    key: order.key,
    ruleSetDigest: order.digest,
    schema,
    workers: order.workers,
    chunkRows: order.chunkRows ?? CHUNK_ROWS,
    report,
    signal: order.signal,
    clock,
    beforeMasking: async () =>
      await takeFingerprints({ database, schema, tables, key: order.key, workers: order.workers }),
    afterRemoving: async () => {
      await countCases(database, tables);
      await noteDocuments(database, tables);
    },
    // A run that is done and was killed before the journal went proves it once more: the database may be another by now.
    afterMasking: async ({ counts, kept, keep }) => {
      await database.withSession(createStore);
      const passport = await prove(counts);
      const earlier = kept === undefined ? undefined : (JSON.parse(kept) as SignedPassport);
      const isSame = earlier !== undefined && provesTheSame(JSON.parse(earlier.text) as Passport, passport);
      signed = isSame ? earlier : signPassport(passport, order.signingKey);
      await keep(JSON.stringify(signed));
      const shape = await sourceShapeOf(database, order.source);
      await order.deliver(signed, shape && signShape(shape, order.signingKey));
    },
  });
  if (!signed) {
    throw new Error('a run ended without its passport');
  }
  return signed;
}

function planned(
  { ruleSet, asOf }: RunOrder,
  { schema, today }: { schema: Schema; today: string },
): { readonly tables: readonly CoveredTable[]; readonly plan: Plan } {
  const coverage = cover(ruleSet, schema);
  if (!coverage.ok) {
    throw unfit(coverage.problems);
  }
  const { tables } = coverage;
  const plan = makePlan({ schema, tables, compile: compileMask, asOf: asOf ?? today });
  if ('problems' in plan) {
    throw unfit(plan.problems);
  }
  return { tables, plan };
}

/** What of the rules the server itself knows not to fit. Documents are asked as originals only, not as what a run left. */
async function unlikeTheData(
  database: Database,
  { tables, ruleSet }: { readonly tables: readonly CoveredTable[]; readonly ruleSet: RuleSet },
): Promise<readonly string[]> {
  const isChanged = await database.withSession(async (session) => {
    const journal = await readJournal(session);
    const isOfThis = journal?.row['target'] === database.name;
    return isOfThis && (journal.phase === 'done' || (await hasChangedAnything(session, journal)));
  });
  return [
    ...(await unreadableSql(database, { tables, smoke: ruleSet.smoke })),
    ...(isChanged ? [] : await absentPaths(database, { tables, allow: ruleSet.allow })),
    ...(isChanged ? [] : await unmaskableDocuments(database, { tables, allow: ruleSet.allow })),
  ];
}

function unfit(problems: readonly string[]): TerminalError {
  return new TerminalError('RulesDoNotFit', 'the rules do not fit the database, and nothing was changed:', {
    actor: 'operator',
    details: problems,
  });
}

function notReady(problems: readonly string[]): TerminalError {
  return new TerminalError('ServerNotReady', 'the server is not ready for it, and nothing was changed:', {
    actor: 'operator',
    details: problems,
  });
}

/** All that is asked of the result, of the schema as it is by then. */
async function proofOf({
  database,
  order: { ruleSet, key, signal },
  tables,
  counts,
}: Pick<Masking, 'database' | 'order'> & {
  readonly tables: readonly CoveredTable[];
  readonly counts: readonly TableCount[];
}) {
  const schema = await readSchema(database);
  const unlessStopped = async <T>(work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return await work();
  };
  const sample = { sampleRows: SAMPLE_ROWS, allow: ruleSet.allow };
  const proof = {
    otherDatabases: await otherDatabases(database, ruleSet.otherDatabases),
    schema: schemaDigest(schema),
    columns: coverageOf(tables),
    counts,
    cases: await countedCases(database, tables),
    scan: await scan({ database, schema, tables, key, ...sample, signal }),
    checks: [
      ...checkCounts({ counts, tables, foreignKeys: schema.foreignKeys }),
      ...(await unlessStopped(async () => await checkReferences(database, schema))),
      ...(await unlessStopped(async () => await checkUniqueness(database, schema))),
      ...(await unlessStopped(async () => await checkEvents(database))),
      ...(await unlessStopped(async () => await checkCopies(database))),
      ...(await unlessStopped(async () => await checkDocuments(database, { tables, allow: ruleSet.allow }))),
      ...(await unlessStopped(async () => await checkSmoke(database, ruleSet.smoke))),
    ],
  };
  signal.throwIfAborted();
  return proof;
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
