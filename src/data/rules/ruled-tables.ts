import type { Column, Schema, Table } from '../schema/model.ts';
import { matchesPattern } from './keep-pattern.ts';
import type { Mask, RuleSet, TableRules } from './rule-set.ts';
import { columnId } from './tied-columns.ts';

/** A column that needs a rule, and what the rule set says of it. */
export interface RuledColumn {
  readonly id: string;
  readonly table: Table;
  readonly column: Column;
  /** Undefined where nothing is said of it. */
  readonly rule: { readonly mask: Mask; readonly domain: string | undefined } | undefined;
}

/** A table and its rules; without rules of its own, its columns may still be kept by pattern. */
export interface RuledTable {
  readonly table: Table;
  readonly rules: TableRules | undefined;
  readonly isTruncated: boolean;
  /** In their order, generated ones left out; none when the table is truncated. */
  readonly columns: readonly RuledColumn[];
}

/** What the rule set says of each table and column that there is. */
export function ruledTables(ruleSet: RuleSet, schema: Schema): RuledTable[] {
  const rulesByTable = new Map(ruleSet.tables.map((rules) => [rules.table, rules]));
  return schema.tables.map((table) => {
    const rules = rulesByTable.get(table.name);
    const isTruncated = rules?.rows.some(({ kind }) => kind === 'truncate') ?? false;
    const ruled = new Map(rules?.columns.map((rule) => [rule.column.toLowerCase(), rule]));
    const needing = isTruncated ? [] : table.columns.filter(({ isGenerated }) => !isGenerated);
    return {
      table,
      rules,
      isTruncated,
      columns: needing.map((column) => ({
        id: columnId(table.name, column.name),
        table,
        column,
        rule:
          ruled.get(column.name.toLowerCase()) ?? keptByPattern(ruleSet, { table: table.name, column: column.name }),
      })),
    };
  });
}

function keptByPattern({ keep }: RuleSet, name: { table: string; column: string }): RuledColumn['rule'] {
  const kept = keep.find(({ columns }) => columns.some((pattern) => matchesPattern(pattern, name)));
  return kept && { mask: { kind: 'keep', reason: kept.reason }, domain: undefined };
}
