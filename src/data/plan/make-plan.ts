import { domainCollation } from '../masks/domain-collation.ts';
import type { CompiledMask, MaskPlace, MaskSql } from '../masks/mask-sql.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { Schema } from '../schema/model.ts';
import { keysAtRisk } from './distinct-columns.ts';
import type { Plan, PlanProblems, ValueMap } from './plan.ts';
import { planRows } from './row-plan.ts';
import { type PlannedColumn, planTable } from './table-plan.ts';
import { nameOf, type Place, placeKey, type TiedColumns, tiedColumns } from './tied-columns.ts';

export interface PlanInput {
  readonly schema: Schema;
  readonly tables: readonly CoveredTable[];
  /** A mask in SQL; is never asked for `keep` and `shuffle`. */
  readonly compile: (place: MaskPlace) => CompiledMask;
  /** The day from which years are counted back, `2026-11-26`. */
  readonly asOf: string;
}

/** The variable of a session that says which attempt of a mask is meant. */
export const ATTEMPT_VARIABLE = 'mayfly_attempt';

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

interface PlannedColumns {
  readonly columns: ReadonlyMap<string, PlannedColumn>;
  readonly maps: readonly ValueMap[];
  readonly problems: readonly string[];
}

/** Each column that a mask changes, with its SQL, and the maps that some of them need. */
function planColumns(
  tables: readonly CoveredTable[],
  { groups, compile }: { groups: readonly TiedColumns[]; compile: PlanInput['compile'] },
): PlannedColumns {
  const columns = new Map<string, PlannedColumn>();
  const maps: ValueMap[] = [];
  const problems: string[] = [];
  const byName = new Map(tables.map((table) => [table.table.name, table]));
  const compared = collationsOf(tables);
  for (const group of [...groups, ...singles(tables, groups)]) {
    const { kind } = group.root.covered.mask;
    if (kind === 'keep' || (kind === 'shuffle' && group.others.length === 0)) {
      continue;
    }
    const members = [group.root, ...group.others];
    const found = members.map((place) => compile(alike(place, { root: group.root, byName, compared })));
    const masks = found.filter((mask): mask is MaskSql => !('problem' in mask));
    problems.push(...found.flatMap((mask) => ('problem' in mask ? [mask.problem] : [])));
    const atRisk = members.find((place) => isAtRisk(place, { byName, mask: masks[members.indexOf(place)] }));
    const name = `map_${maps.length + 1}`;
    const [root] = masks;
    if (masks.length < members.length || !root) {
      continue;
    }
    if (!atRisk) {
      members.forEach((place, n) => columns.set(keyOf(place), { mask: masks[n] ?? root, map: undefined }));
      continue;
    }
    const problem = mapProblem(atRisk, { root: group.root, mask: root });
    if (problem !== undefined || !root.attemptSql) {
      problems.push(problem ?? '');
      continue;
    }
    for (const place of members) {
      columns.set(keyOf(place), { mask: root, map: name });
    }
    maps.push({
      name,
      root: { table: group.root.table, column: group.root.covered.column.name },
      others: group.others.map(({ table, covered }) => ({ table, column: covered.column.name })),
      attemptSql: root.attemptSql(`@${ATTEMPT_VARIABLE}`),
    });
  }
  return { columns, maps, problems };
}

function singles(tables: readonly CoveredTable[], groups: readonly TiedColumns[]): TiedColumns[] {
  const tied = new Set(groups.flatMap(({ root, others }) => [root, ...others].map(keyOf)));
  return tables
    .flatMap(({ table, columns }) => columns.map((covered): Place => ({ table: table.name, covered })))
    .filter((place) => !tied.has(keyOf(place)))
    .map((root) => ({ root, others: [] }));
}

function keyOf({ table, covered }: Place): string {
  return placeKey(table, covered.column.name);
}

/** By domain, the collation of texts whose columns have several. */
function collationsOf(tables: readonly CoveredTable[]): ReadonlyMap<string, string | undefined> {
  const byDomain = Map.groupBy(
    tables.flatMap(({ columns }) => columns),
    ({ domain }) => domain,
  );
  return new Map([...byDomain].map(([domain, all]) => [domain, domainCollation(all.map(({ column }) => column))]));
}

/** All columns of a group are masked as if they had the root's type: what is cut to length is cut alike. */
function alike(
  { table, covered }: Place,
  {
    root,
    byName,
    compared,
  }: {
    root: Place;
    byName: ReadonlyMap<string, CoveredTable>;
    compared: ReadonlyMap<string, string | undefined>;
  },
): MaskPlace {
  const { column, mask, domain } = root.covered;
  return {
    table,
    column: { ...column, name: covered.column.name },
    mask,
    domain,
    columnsOfTable: byName.get(table)?.table.columns.map(({ name }) => name) ?? [],
    comparedAs: compared.get(domain),
  };
}

function isAtRisk(
  { table, covered }: Place,
  { byName, mask }: { byName: ReadonlyMap<string, CoveredTable>; mask: MaskSql | undefined },
): boolean {
  const owner = byName.get(table)?.table;
  if (!owner || !mask || mask.isInjective) {
    return false;
  }
  const keys = keysAtRisk(owner, covered.column.name);
  // Any number of NULLs is unique, but for the primary key.
  return covered.mask.kind === 'null' ? keys.includes(owner.primaryKey ?? []) : keys.length > 0;
}

function mapProblem(place: Place, { root, mask }: { root: Place; mask: MaskSql }): string | undefined {
  const { name, columnType } = root.covered.column;
  const said = `${nameOf(place)} is part of a unique key, and ${place.covered.mask.kind} can give two of its values one`;
  if (!mask.attemptSql) {
    return `${said}: use hash, digits or a fake that can be drawn again.`;
  }
  if (mask.reads.some((column) => column !== name)) {
    return `${said}; it cannot be drawn again, because it looks at other columns of the row: use one mask for all rows.`;
  }
  return /text|blob|json/i.test(columnType)
    ? `${said}: a ${columnType} cannot be kept apart by a map, use hash.`
    : undefined;
}
