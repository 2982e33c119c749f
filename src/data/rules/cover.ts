import type { Schema, Table } from '../schema/model.ts';
import type { CoveredTable } from './covered.ts';
import { misfit } from './mask-fit.ts';
import { rowProblems } from './row-bounds.ts';
import type { RuleSet } from './rule-set.ts';
import { type RuledColumn, type RuledTable, ruledTables } from './ruled-tables.ts';
import { spoken } from './spoken-name.ts';
import { orphanProblems, tableProblems } from './table-fit.ts';
import { type Settled, tieRules } from './tie-rules.ts';
import { columnId, tiesOf } from './tied-columns.ts';
import { unknownNames } from './unknown-names.ts';

export type Coverage =
  /** In the order of the schema. A truncated table has no columns here: it needs no rules, and whatever it has goes. */
  | { readonly ok: true; readonly tables: readonly CoveredTable[] }
  /** Sentences, each naming table and column; never empty. */
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Compares a rule set with a schema. Every column of every table has a rule, every rule has its column, and no mask breaks
 * a key or a type; or there are problems, all of them at once, and nothing may run.
 */
export function cover(ruleSet: RuleSet, schema: Schema): Coverage {
  const tables = ruledTables(ruleSet, schema);
  const columns = tables.flatMap((table) => table.columns);
  const { settled, problems: ties } = tieRules(columns, schema.foreignKeys);
  const problems = [
    ...columns.flatMap((column) => columnProblems(column, settled)),
    ...unknownNames(ruleSet, schema),
    ...ties,
    ...generatedTies(schema, settled),
    ...tables.flatMap((table) => tableProblems(table, settled)),
    ...tables.flatMap((table) => rowProblems(table, settled)),
    ...orphanProblems(tables, schema, settled),
  ];
  return problems.length > 0
    ? { ok: false, problems: [...new Set(problems)] }
    : { ok: true, tables: tables.map((table) => coveredTable(table, settled)) };
}

function columnProblems({ id, table, column }: RuledColumn, settled: ReadonlyMap<string, Settled>): string[] {
  const rule = settled.get(id);
  const name = spoken(table.name, column.name);
  if (rule === undefined) {
    return [`${name} has no rule: mask it, or say \`keep\` and why`];
  }
  const isInPrimaryKey = table.primaryKey?.some((part) => isColumn(part, column.name)) ?? false;
  const problem = misfit(rule.mask, {
    column,
    isInPrimaryKey,
    isUnique: keysOf(table).some((key) => isAlone(key, column.name)),
  });
  return problem === undefined ? [] : [`${name} ${problem}`];
}

/** A generated column follows others of its own table, and so not what it refers to. */
function generatedTies({ tables, foreignKeys }: Schema, settled: ReadonlyMap<string, Settled>): string[] {
  const generated = new Map(
    tables.flatMap((table) =>
      table.columns
        .filter(({ isGenerated }) => isGenerated)
        .map(({ name }) => [columnId(table.name, name), spoken(table.name, name)] as const),
    ),
  );
  return tiesOf(foreignKeys).flatMap(({ foreignKey, from, to }) => {
    const name = generated.get(from) ?? generated.get(to);
    const isMasked = [from, to].some((id) => (settled.get(id)?.mask.kind ?? 'keep') !== 'keep');
    return name !== undefined && isMasked
      ? [
          `${name} is generated, and the foreign key ${spoken(foreignKey)} ties it to a column that is masked: keep that one`,
        ]
      : [];
  });
}

function keysOf({ primaryKey = [], uniqueKeys }: Table): (readonly string[])[] {
  return [primaryKey, ...uniqueKeys.map((key) => key.columns)];
}

function isAlone(key: readonly string[], column: string): boolean {
  return key.length === 1 && isColumn(key[0] ?? '', column);
}

function isColumn(part: string, column: string): boolean {
  return part.toLowerCase() === column.toLowerCase();
}

function coveredTable({ table, rules, columns }: RuledTable, settled: ReadonlyMap<string, Settled>): CoveredTable {
  return {
    table,
    rows: rules?.rows ?? [],
    orphans: rules?.orphans,
    columns: columns.flatMap(({ id, column }) => {
      const rule = settled.get(id);
      return rule ? [{ column, ...rule }] : [];
    }),
  };
}
