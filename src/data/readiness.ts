import { compileMask } from './masks/compile-mask.ts';
import type { Database } from './mysql/session.ts';
import { absentPaths } from './plan/absent-paths.ts';
import { makePlan } from './plan/make-plan.ts';
import type { Plan } from './plan/plan.ts';
import { tooManyValues } from './plan/too-many-values.ts';
import { unreadableSql } from './plan/unreadable-sql.ts';
import { type Coverage, cover } from './rules/cover.ts';
import type { CoveredTable } from './rules/covered.ts';
import type { RuleSet } from './rules/rule-set.ts';
import { hasChangedAnything, readJournal } from './run/journal.ts';
import type { Schema } from './schema/model.ts';
import { readSchema } from './schema/read-schema.ts';
import { missingGrants } from './surroundings/missing-grants.ts';
import { unsafeSurroundings } from './surroundings/unsafe-surroundings.ts';
import { unmaskableDocuments } from './verify/check-documents.ts';

export interface Ready {
  readonly ok: true;
  readonly coverage: Extract<Coverage, { ok: true }>;
  readonly schema: Schema;
  readonly plan: Plan;
}

/** What stands in the way, a sentence each: of the rules, and of the server and its user. */
export interface NotReady {
  readonly ok: false;
  readonly rules: readonly string[];
  readonly server: readonly string[];
}

/**
 * Whether a database can be masked by these rules, and how; as of that day, `2026-11-26`. Changes nothing. What can be
 * asked only once something else is right is not asked before that.
 */
export async function readinessOf(
  database: Database,
  { ruleSet, asOf }: { readonly ruleSet: RuleSet; readonly asOf: string },
): Promise<Ready | NotReady> {
  const missing = await missingGrants(database);
  if (missing.length > 0) {
    return { ok: false, rules: [], server: missing };
  }
  const schema = await readSchema(database);
  const coverage = cover(ruleSet, schema);
  if (!coverage.ok) {
    return { ok: false, rules: coverage.problems, server: [] };
  }
  const { tables } = coverage;
  const made = makePlan({ schema, tables, compile: compileMask, asOf });
  const plan = 'problems' in made ? undefined : made;
  const rules = [
    ...('problems' in made ? made.problems : await tooManyValues(database, { plan: made, tables: schema.tables })),
    ...(await unlikeTheData(database, { tables, ruleSet })),
  ];
  const server = await unsafeSurroundings(database, tables);
  return plan && rules.length === 0 && server.length === 0
    ? { ok: true, coverage, schema, plan }
    : { ok: false, rules, server };
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
