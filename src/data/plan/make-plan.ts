import type { CompiledMask, MaskPlace } from '../masks/mask-sql.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { Schema } from '../schema/model.ts';
import type { Plan, PlanProblems } from './plan.ts';
import { planColumns } from './plan-columns.ts';
import { planRows } from './row-plan.ts';
import { planTable } from './table-plan.ts';
import { tiedColumns } from './tied-columns.ts';

export interface PlanInput {
  readonly schema: Schema;
  readonly tables: readonly CoveredTable[];
  /** A mask in SQL; is never asked for `keep` and `shuffle`. */
  readonly compile: (place: MaskPlace) => CompiledMask;
  /** The day from which years are counted back, `2026-11-26`. */
  readonly asOf: string;
}

/** What a run has to do so that every rule is kept, or all that stands against it. */
export function makePlan({ schema, tables, compile, asOf }: PlanInput): Plan | PlanProblems {
  if (!/^\d{4}-\d\d-\d\d$/.test(asOf)) {
    throw new Error('the day from which years are counted is no day');
  }
  const tied = tiedColumns(tables, schema.foreignKeys);
  const rows = planRows(tables, { foreignKeys: schema.foreignKeys, asOf });
  const masks = planColumns(tables, { groups: tied.groups, compile });
  const planned = tables.map((table) => planTable(table, { database: schema.database, rows, columns: masks.columns }));
  const problems = [
    ...tied.problems,
    ...rows.problems,
    ...masks.problems,
    ...planned.flatMap(({ problems: own }) => own),
  ];
  if (problems.length > 0) {
    return { problems };
  }
  return {
    database: schema.database,
    removals: rows.removals,
    orphans: rows.orphans,
    maps: masks.maps,
    tables: planned.map(({ plan }) => plan),
  };
}
