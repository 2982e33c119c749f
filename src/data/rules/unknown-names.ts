import { nearest } from '../../domain/nearest.ts';
import type { Schema, Table } from '../schema/model.ts';
import { matchesPattern } from './keep-pattern.ts';
import type { RuleSet, TableRules } from './rule-set.ts';
import { spoken } from './spoken-name.ts';

/** What the rule set names that is not there, or needs no rule. */
export function unknownNames(ruleSet: RuleSet, schema: Schema): string[] {
  const tables = new Map(schema.tables.map((table) => [table.name, table]));
  return [
    ...ruleSet.tables.flatMap((rules) => {
      const table = tables.get(rules.table);
      return table === undefined ? [noSuchTable(rules.table, schema)] : wrongColumns(rules, table);
    }),
    ...idlePatterns(ruleSet, schema),
    ...ruleSet.allow.flatMap(({ table: name, column }) => {
      if (OF_SCHEMA.test(column)) {
        return [];
      }
      const table = tables.get(name);
      if (table === undefined) {
        return [noSuchTable(name, schema)];
      }
      return columnOf(table, column) ? [] : [noSuchColumn(table, column)];
    }),
  ];
}

/** What the scan calls a text of the schema itself: `(view)`. */
const OF_SCHEMA = /^\(.*\)$/;

/** Names of columns compare in whatever case ("Identifier Case Sensitivity", MySQL reference manual). */
export function columnOf(table: Table, name: string): Table['columns'][number] | undefined {
  return table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}

function wrongColumns({ columns, rows }: TableRules, table: Table): string[] {
  const seen = new Set<string>();
  return [
    ...columns.flatMap(({ column: name }) => {
      const column = columnOf(table, name);
      if (column === undefined) {
        return [noSuchColumn(table, name)];
      }
      if (column.isGenerated) {
        return [`${spoken(table.name, name)} is generated from other columns and follows them: it takes no rule`];
      }
      const isTwice = seen.has(column.name);
      seen.add(column.name);
      return isTwice ? [`${spoken(table.name, column.name)} has two rules: case does not tell columns apart`] : [];
    }),
    ...rows.flatMap((row) => (row.kind === 'keep-years' ? wrongDate(row.column, table) : [])),
  ];
}

function wrongDate(name: string, table: Table): string[] {
  const column = columnOf(table, name);
  if (column === undefined) {
    return [noSuchColumn(table, name)];
  }
  const isDate = column.kind === 'date' || column.kind === 'datetime';
  return isDate
    ? []
    : [`${spoken(table.name, name)} is \`${column.columnType}\`, and \`keepYears\` needs a date to count from`];
}

function idlePatterns({ keep }: RuleSet, { tables }: Schema): string[] {
  const names = tables.flatMap(({ name: table, columns }) => columns.map(({ name: column }) => ({ table, column })));
  return keep
    .flatMap(({ columns }) => columns)
    .filter((pattern) => !names.some((name) => matchesPattern(pattern, name)))
    .map((pattern) => {
      const written = names.map(({ table, column }) => `${table}.${column}`);
      return `the pattern ${spoken(pattern)} keeps nothing: no column matches it${meant(pattern, pattern.includes('*') ? [] : written)}`;
    });
}

function noSuchTable(name: string, { tables, views }: Schema): string {
  return views.includes(name)
    ? `${spoken(name)} is a view: it has no rows of its own, and takes no rule`
    : `there is no table ${spoken(name)}${meant(
        name,
        tables.map((table) => table.name),
      )}`;
}

function noSuchColumn({ name: table, columns }: Table, name: string): string {
  return `there is no column ${spoken(table, name)}${meant(
    name,
    columns.map((column) => column.name),
  )}`;
}

function meant(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? '' : `: did you mean ${spoken(near)}?`;
}
