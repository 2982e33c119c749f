import { quoteName } from '../mysql/quote-name.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { RowRule } from '../rules/rule-set.ts';
import type { ForeignKey } from '../schema/model.ts';
import type { OrphanRule, Removal } from './plan.ts';

export interface RowPlan {
  readonly removals: readonly Removal[];
  readonly orphans: readonly OrphanRule[];
  /** Tables that may lose rows, or the values that others refer to. */
  readonly losing: ReadonlySet<string>;
  readonly truncated: ReadonlySet<string>;
  readonly problems: readonly string[];
}

/** Conditions come before truncations, so that a condition over another table still finds its rows. */
export function planRows(
  tables: readonly CoveredTable[],
  { foreignKeys, asOf }: { foreignKeys: readonly ForeignKey[]; asOf: string },
): RowPlan {
  const truncated = new Set(
    tables.filter(({ rows }) => rows.some(({ kind }) => kind === 'truncate')).map(({ table }) => table.name),
  );
  const byRule = tables.flatMap(({ table, rows }) =>
    truncated.has(table.name) ? [] : rows.map((rule) => ({ table: table.name, condition: conditionOf(rule, asOf) })),
  );
  const losing = new Set([...truncated, ...byRule.map(({ table }) => table)]);
  const { orphans, problems } = follow(tables, { foreignKeys, losing, truncated });
  return {
    removals: [...byRule, ...[...truncated].map((table) => ({ table, condition: undefined }))],
    orphans,
    losing,
    truncated,
    problems,
  };
}

function conditionOf(rule: RowRule, asOf: string): string | undefined {
  if (rule.kind === 'truncate') {
    return undefined;
  }
  return rule.kind === 'keep-years'
    ? `${quoteName(rule.column)} < DATE_SUB('${asOf}', INTERVAL ${Math.trunc(rule.years)} YEAR)`
    : `(${rule.condition})`;
}

/** Adds to `losing` whoever loses rows, or values that others refer to, because another one did. */
function follow(
  tables: readonly CoveredTable[],
  {
    foreignKeys,
    losing,
    truncated,
  }: { foreignKeys: readonly ForeignKey[]; losing: Set<string>; truncated: Set<string> },
): { orphans: OrphanRule[]; problems: string[] } {
  const orphans = new Map<ForeignKey, OrphanRule>();
  const problems = new Map<ForeignKey, string>();
  const rules = new Map(tables.map((table) => [table.table.name, table]));
  for (let size = -1; size !== losing.size; ) {
    size = losing.size;
    for (const key of foreignKeys.filter(
      ({ table, referencedTable }) => losing.has(referencedTable) && !truncated.has(table),
    )) {
      const answer = orphanRule(key, rules.get(key.table));
      if (typeof answer === 'string') {
        problems.set(key, answer);
      } else {
        orphans.set(key, answer);
        loss(answer, foreignKeys).forEach((table) => losing.add(table));
      }
    }
  }
  return { orphans: [...orphans.values()], problems: [...problems.values()] };
}

/** The table, if an orphan's end takes away what others refer to: its row, or the value of a column that becomes NULL. */
function loss({ table, columns, action }: OrphanRule, foreignKeys: readonly ForeignKey[]): string[] {
  const isReferredTo = foreignKeys.some(
    (other) => other.referencedTable === table && other.referencedColumns.some((column) => columns.includes(column)),
  );
  return action === 'delete' || isReferredTo ? [table] : [];
}

function orphanRule(key: ForeignKey, covered: CoveredTable | undefined): OrphanRule | string {
  const action =
    covered?.orphans ?? { CASCADE: 'delete' as const, 'SET NULL': 'null' as const }[key.onDelete as 'CASCADE'];
  const { table, columns, referencedTable: parent, referencedColumns: parentColumns } = key;
  if (action === undefined) {
    return `Rows of ${parent} go, and ${table} refers to them by foreign key ${key.name}, which says nothing of that: give ${table} a rule for orphans, delete or null.`;
  }
  const fixed = covered?.table.columns.find(({ name, nullable }) => columns.includes(name) && !nullable);
  if (action === 'null' && fixed) {
    return `Rows of ${parent} go, and ${table}.${fixed.name} takes no NULL: the rule for orphans of ${table} has to be delete.`;
  }
  return { table, columns, parent, parentColumns, action };
}
