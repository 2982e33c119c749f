import type { CountedCases, CoveredColumn, Passport, TableCount } from '../../domain/passport.ts';
import type { Check } from './check.ts';
import type { ScanResult } from './scan.ts';

export interface PassportFacts extends Omit<Passport, 'version' | 'columns' | 'counts' | 'cases' | 'scan' | 'checks'> {
  readonly columns: readonly CoveredColumn[];
  readonly counts: readonly TableCount[];
  readonly cases: readonly CountedCases[];
  readonly scan: ScanResult;
  readonly checks: readonly Check[];
}

/** All that was done and seen, in an order that does not depend on who was faster. Whether it is good, `passportProblem` says. */
export function makePassport(facts: PassportFacts): Passport {
  const { detectors, columns, rows, findings, uncompared, tables } = facts.scan;
  return {
    version: 1,
    source: facts.source,
    takenAt: facts.takenAt,
    database: facts.database,
    otherDatabases: facts.otherDatabases,
    ruleSet: facts.ruleSet,
    schema: facts.schema,
    columns: facts.columns,
    counts: facts.counts.toSorted((a, b) => (a.table < b.table ? -1 : 1)),
    cases: facts.cases,
    scan: { detectors, columns, rows, findings, uncompared, tables },
    checks: facts.checks,
    startedAt: facts.startedAt,
    finishedAt: facts.finishedAt,
    madeBy: facts.madeBy,
  };
}

/**
 * Whether two passports say the same of a database, whenever and by whom they were made. A later one may know
 * less: whoever was killed as the run ended may have dropped what was written down of the originals.
 */
export function provesTheSame(a: Passport, b: Passport): boolean {
  const proof = ({ database, otherDatabases, ruleSet, schema, columns, counts, scan, checks }: Passport) =>
    JSON.stringify([database, otherDatabases, ruleSet, schema, columns, counts, { ...scan, uncompared: [] }, checks]);
  return proof(a) === proof(b);
}
