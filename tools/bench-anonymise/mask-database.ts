import { compileMask } from '../../src/data/masks/compile-mask.ts';
import { openDatabase } from '../../src/data/mysql/open-database.ts';
import { makePlan } from '../../src/data/plan/make-plan.ts';
import { cover } from '../../src/data/rules/cover.ts';
import { parseRuleSet } from '../../src/data/rules/parse.ts';
import { runPlan } from '../../src/data/run/run-plan.ts';
import { readSchema } from '../../src/data/schema/read-schema.ts';
import type { MaskTask } from './masked.ts';
import { RULES } from './tables.ts';

const CHUNK_ROWS = 5000;

/** All that `mayfly anonymise` does but verifying: schema, coverage, plan, journal and masks. */
export async function maskDatabase({ address, database: name, workers }: MaskTask): Promise<void> {
  const parsed = parseRuleSet(RULES);
  if (!parsed.ok) {
    throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  }
  const { host, port, socket, user, password } = address;
  const database = await openDatabase({ host, port, socket, user, password, database: name, connections: workers + 2 });
  try {
    const schema = await readSchema(database);
    const coverage = cover(parsed.ruleSet, schema);
    if (!coverage.ok) {
      throw new Error(coverage.problems.join('\n'));
    }
    const plan = makePlan({ schema, tables: coverage.tables, compile: compileMask, asOf: '2026-11-26' });
    if ('problems' in plan) {
      throw new Error(plan.problems.join('\n'));
    }
    await runPlan({
      database,
      plan,
      schema,
      key: 'nothing is kept apart by the key of a bench',
      ruleSetDigest: parsed.digest,
      workers,
      chunkRows: CHUNK_ROWS,
      report: () => undefined,
      signal: new AbortController().signal,
      clock: { now: () => new Date(), wallMilliseconds: (seconds) => seconds * 1000 },
    });
  } finally {
    await database.close();
  }
}
