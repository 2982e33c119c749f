import { TerminalError } from '../domain/failure.ts';
import { type Passport, type SignedPassport, signPassport } from '../domain/passport.ts';
import { type SignedShape, signShape } from '../domain/source-shape.ts';
import type { Clock } from '../reconcile/clock.ts';
import { sourceShapeOf } from './look/source-shape.ts';
import type { Database } from './mysql/session.ts';
import { prove } from './prove.ts';
import { type NotReady, readinessOf } from './readiness.ts';
import type { RuleSet } from './rules/rule-set.ts';
import type { RunProgress } from './run/progress.ts';
import { runPlan } from './run/run-plan.ts';
import { noteDocuments } from './verify/check-documents.ts';
import { countCases } from './verify/count-cases.ts';
import { createStore } from './verify/fingerprint-store.ts';
import { provesTheSame } from './verify/make-passport.ts';
import { takeFingerprints } from './verify/take-fingerprints.ts';

/** What a run is told. */
export interface RunOrder {
  readonly ruleSet: RuleSet;
  readonly digest: string;
  /** Of the masks; at least 32 characters. */
  readonly key: string;
  /** PEM, Ed25519. */
  readonly signingKey: string;
  /** Connections at a time; undefined: as many as the anonymiser thinks right. So is the next. */
  readonly workers: number | undefined;
  readonly chunkRows: number | undefined;
  /** The day from which years are counted back, `2026-11-26`; undefined: that of the run that is gone on with, else today. */
  readonly asOf: string | undefined;
  /** For the passport: where the data came from, and when it was taken there, RFC 3339. */
  readonly source: string;
  readonly takenAt: string | null;
  readonly signal: AbortSignal;
  /**
   * Puts the passport where it is wanted, and the source's shape where that could be told, while the journal still stands.
   * When that fails, or the process dies first, the same call comes back here and masks nothing twice.
   */
  readonly deliver: (signed: SignedPassport, shape: SignedShape | undefined) => Promise<void>;
}

interface Masking {
  readonly database: Database;
  readonly order: RunOrder & { readonly workers: number; readonly chunkRows: number };
  readonly clock: Clock;
  readonly madeBy: string;
  readonly report: (progress: RunProgress) => void;
}

/**
 * Masks a database, proves what came of it and hands the passport over. The same call goes on where an earlier one ended.
 * Throws `TerminalError` before anything is changed where the rules do not fit or the server is not ready.
 */
export async function maskDatabase({ database, order, clock, madeBy, report }: Masking): Promise<SignedPassport> {
  const { ruleSet, digest, key, workers, signal, source, takenAt } = order;
  const startedAt = clock.now().toISOString();
  const readiness = await readinessOf(database, { ruleSet, asOf: order.asOf ?? startedAt.slice(0, 10) });
  if (!readiness.ok) {
    throw refusal(readiness);
  }
  const { coverage, plan, schema } = readiness;
  const { tables } = coverage;
  const run = { source, takenAt, ruleSet: digest, startedAt, madeBy, finishedAt: () => clock.now().toISOString() };
  let signed: SignedPassport | undefined;
  await runPlan({
    database,
    plan,
    key,
    ruleSetDigest: digest,
    schema,
    workers,
    chunkRows: order.chunkRows,
    report,
    signal,
    clock,
    beforeMasking: async () => await takeFingerprints({ database, schema, tables, key, workers }),
    afterRemoving: async () => {
      await countCases(database, tables);
      await noteDocuments(database, tables);
    },
    // A run that is done and was killed before the journal went proves it once more: the database may be another by now.
    afterMasking: async ({ counts, kept, keep }) => {
      await database.withSession(createStore);
      const passport = await prove(database, { ruleSet, tables, counts, key, signal }, run);
      const earlier = kept === undefined ? undefined : (JSON.parse(kept) as SignedPassport);
      const isSame = earlier !== undefined && provesTheSame(JSON.parse(earlier.text) as Passport, passport);
      signed = isSame ? earlier : signPassport(passport, order.signingKey);
      await keep(JSON.stringify(signed));
      const shape = await sourceShapeOf(database, source);
      await order.deliver(signed, shape && signShape(shape, order.signingKey));
    },
  });
  if (!signed) {
    throw new Error('a run ended without its passport');
  }
  return signed;
}

function refusal({ rules, server }: NotReady): TerminalError {
  const [reason, what] =
    rules.length > 0
      ? ['RulesDoNotFit', 'the rules do not fit the database']
      : ['ServerNotReady', 'the server is not ready for it'];
  return new TerminalError(reason, `${what}, and nothing was changed:`, {
    actor: 'operator',
    details: [...rules, ...server],
  });
}
