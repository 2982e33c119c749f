import type { CountedCases, CoveredColumn, Passport, TableCount } from '../../domain/passport.ts';
import type { Check } from './check.ts';
import { isOfOriginals } from './check-documents.ts';
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
 * Whether a later passport says the same of a database as an earlier one, whenever and by whom they were made. What was
 * known of the originals may be gone by then, with the work database: the later one knows no marks, and counts no documents.
 */
export function provesTheSame(earlier: Passport, later: Passport): boolean {
  const known = new Set(later.checks.map(({ name }) => name));
  const checks = earlier.checks.filter(({ name }) => known.has(name) || !isOfOriginals(name));
  return proofOf({ ...earlier, checks }) === proofOf(later);
}

function proofOf({ database, otherDatabases, ruleSet, schema, columns, counts, scan, checks }: Passport): string {
  const tables = scan.tables?.map(({ table, rows, of, cut }) => ({ table, rows, of, cut }));
  return JSON.stringify([
    database,
    otherDatabases,
    ruleSet,
    schema,
    columns,
    counts,
    { ...scan, uncompared: [], tables },
    checks,
  ]);
}
