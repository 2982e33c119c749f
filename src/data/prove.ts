import type { Passport, TableCount } from '../domain/passport.ts';
import type { Database } from './mysql/session.ts';
import { coverageOf } from './rules/coverage-of.ts';
import type { CoveredTable } from './rules/covered.ts';
import type { RuleSet } from './rules/rule-set.ts';
import { readSchema } from './schema/read-schema.ts';
import { schemaDigest } from './schema/schema-digest.ts';
import { otherDatabases } from './surroundings/other-databases.ts';
import { checkCopies } from './verify/check-copies.ts';
import { checkCounts } from './verify/check-counts.ts';
import { checkDocuments } from './verify/check-documents.ts';
import { checkEvents } from './verify/check-events.ts';
import { checkReferences } from './verify/check-references.ts';
import { checkSmoke } from './verify/check-smoke.ts';
import { checkUniqueness } from './verify/check-uniqueness.ts';
import { countedCases } from './verify/count-cases.ts';
import { makePassport } from './verify/make-passport.ts';
import { scan } from './verify/scan.ts';

/** Of a bigger table, this many rows are looked at, spread over all of it. */
const SAMPLE_ROWS = 200_000;

interface Result {
  readonly ruleSet: RuleSet;
  readonly tables: readonly CoveredTable[];
  readonly counts: readonly TableCount[];
  /** Of the masks. */
  readonly key: string;
  readonly signal: AbortSignal;
}

/** What the passport says besides of the run that it is of. */
export type OfRun = Pick<Passport, 'source' | 'takenAt' | 'ruleSet' | 'startedAt' | 'madeBy'> & {
  readonly finishedAt: () => string;
};

/** All that is asked of a database that was masked, of its schema as it is by then. Not signed. */
export async function prove(database: Database, result: Result, { finishedAt, ...run }: OfRun): Promise<Passport> {
  const { ruleSet, tables, counts, key, signal } = result;
  const { allow } = ruleSet;
  const schema = await readSchema(database);
  const facts = {
    ...run,
    database: database.name,
    otherDatabases: await otherDatabases(database, ruleSet.otherDatabases),
    schema: schemaDigest(schema),
    columns: coverageOf(tables),
    counts,
    cases: await countedCases(database, tables),
    scan: await scan({ database, schema, tables, key, sampleRows: SAMPLE_ROWS, allow, signal }),
    checks: [
      ...checkCounts({ counts, tables, foreignKeys: schema.foreignKeys }),
      ...(await unlessStopped(signal, async () => await checkReferences(database, schema))),
      ...(await unlessStopped(signal, async () => await checkUniqueness(database, schema))),
      ...(await unlessStopped(signal, async () => await checkEvents(database))),
      ...(await unlessStopped(signal, async () => await checkCopies(database))),
      ...(await unlessStopped(signal, async () => await checkDocuments(database, { tables, allow }))),
      ...(await unlessStopped(signal, async () => await checkSmoke(database, ruleSet.smoke))),
    ],
  };
  signal.throwIfAborted();
  return makePassport({ ...facts, finishedAt: finishedAt() });
}

async function unlessStopped<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  return await work();
}
