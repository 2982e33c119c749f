import type { Database } from '../mysql/session.ts';
import type { Column, ForeignKey, Schema, Table } from '../schema/model.ts';
import { AUDIT, PASSING, spelled } from './name-hints.ts';
import { observe } from './observe.ts';
import { proposeColumn } from './propose-column.ts';
import type { ColumnProposal, Suggestion } from './suggestion.ts';
import { maskText, scalar, spokenName } from './yaml-text.ts';

export interface Propose {
  readonly database: Database;
  readonly schema: Schema;
  /** Of each table. */
  readonly sampleRows: number;
}

/**
 * A rule set for a person to review, as YAML: from names, types, keys and a sample of contents, the same each time. Why
 * stands beside each rule; no value of the data does. What is not known has no rule, so that a run is refused until
 * somebody decides. Reads only.
 */
export async function proposeRules({ database, schema, sampleRows }: Propose): Promise<string> {
  const patterns = patternsFor(schema);
  const proposals = new Map<string, ColumnProposal>();
  for (const table of schema.tables) {
    const seen = await observe(database, { table, sampleRows });
    for (const column of table.columns.filter(({ isGenerated }) => !isGenerated)) {
      const proposal = settled(column, { table, patterns }) ?? proposeColumn(table, column, seen.get(column.name));
      proposals.set(idOf(table.name, column.name), proposal);
    }
  }
  const blocks = schema.tables.map((table) =>
    tableText(
      table,
      table.columns.flatMap(({ name }) => follow(proposals, { table: table.name, column: name, schema }) ?? []),
    ),
  );
  return [...HEAD, ...keepText(patterns), blocks.length === 0 ? 'tables: {}' : 'tables:', ...blocks, ''].join('\n');
}

function idOf(table: string, column: string): string {
  return JSON.stringify([table, column]);
}

const HEAD = [
  '# Proposed from the schema and a sample. Read every line: a rule is right when a person says so.',
  '# A column marked TODO has no rule, and nothing runs until it has one.',
  'version: 1',
];

interface Pattern {
  readonly pattern: string;
  readonly reason: string;
  readonly matches: (column: Column) => boolean;
}

/** Columns that every other table has, said once; a pattern is proposed only where all columns it means may stay. */
function patternsFor({ tables, foreignKeys }: Schema): readonly Pattern[] {
  const columns = tables.flatMap((table) => table.columns.map((column) => ({ table, column })));
  const byName = Map.groupBy(columns, ({ column }) => column.name.toLowerCase());
  return [...byName]
    .filter(([name, all]) => all.length >= 2 && /^[a-z_]\w*$/.test(name))
    .flatMap(([name, all]): Pattern[] => {
      const isNumber = all.every(({ column }) => column.kind === 'integer');
      const isDate = all.every(({ column }) => column.kind === 'datetime' || column.kind === 'date');
      const isId =
        name === 'id' ||
        name === 'version' ||
        all.every(({ table, column }) => isReference(foreignKeys, { table, column }));
      const matches = (column: Column) => column.name.toLowerCase() === name;
      if (isNumber && isId) {
        return [{ pattern: `*.${name}`, reason: 'numbers of the application', matches }];
      }
      return isDate && AUDIT.test(spelled(name))
        ? [{ pattern: `*.${name}`, reason: 'when a row was written', matches }]
        : [];
    })
    .toSorted((a, b) => (a.pattern < b.pattern ? -1 : 1));
}

function isReference(foreignKeys: readonly ForeignKey[], place: { table: Table; column: Column }): boolean {
  const key = foreignKeys.find((each) => each.table === place.table.name && each.columns.includes(place.column.name));
  return key?.referencedColumns.every((name) => name.toLowerCase() === 'id') ?? false;
}

/** What a pattern or the table's own key says. */
function settled(
  column: Column,
  { table, patterns }: { table: Table; patterns: readonly Pattern[] },
): ColumnProposal | undefined {
  if (patterns.some(({ matches }) => matches(column))) {
    return { column: column.name, suggestion: { kind: 'elsewhere' }, because: 'kept by a pattern' };
  }
  const isKey = table.primaryKey?.includes(column.name) ?? false;
  return isKey && column.kind === 'integer'
    ? { column: column.name, suggestion: NUMBER, because: 'primary key' }
    : undefined;
}

const NUMBER: Suggestion = { kind: 'keep', reason: 'a number of the application' };

/**
 * What becomes of a column that refers to another one: a number is kept as that is, and a text too where that is kept;
 * where that is masked, a rule set says nothing of it, and it follows.
 */
function follow(
  proposals: ReadonlyMap<string, ColumnProposal>,
  { table, column, schema }: { table: string; column: string; schema: Schema },
): ColumnProposal | undefined {
  const own = proposals.get(idOf(table, column));
  const root = rootOf(schema.foreignKeys, { table, column });
  if (own === undefined || root === undefined || own.suggestion.kind === 'elsewhere') {
    return own;
  }
  const because = `refers to ${spokenName(root.table)}.${spokenName(root.column)}`;
  const there = proposals.get(idOf(root.table, root.column))?.suggestion ?? { kind: 'unknown' };
  const suggestion = there.kind === 'elsewhere' ? NUMBER : there;
  const isMasked = suggestion.kind !== 'keep' && suggestion.kind !== 'unknown';
  return { column, suggestion: isMasked ? { kind: 'elsewhere' } : suggestion, because };
}

/** Where a chain of foreign keys ends, or comes round. */
function rootOf(
  foreignKeys: readonly ForeignKey[],
  from: { readonly table: string; readonly column: string },
): { table: string; column: string } | undefined {
  const passed = new Set<string>([idOf(from.table, from.column)]);
  let root: { table: string; column: string } | undefined;
  for (let at = from; ; ) {
    const key = foreignKeys.find((each) => each.table === at.table && each.columns.includes(at.column));
    const column = key?.referencedColumns[key.columns.indexOf(at.column)];
    if (key === undefined || column === undefined || passed.has(idOf(key.referencedTable, column))) {
      return root;
    }
    at = { table: key.referencedTable, column };
    root = at;
    passed.add(idOf(at.table, at.column));
  }
}

function keepText(patterns: readonly Pattern[]): string[] {
  const byReason = Map.groupBy(patterns, ({ reason }) => reason);
  const items = [...byReason].flatMap(([reason, all]) => [
    `  - columns: [${all.map(({ pattern }) => JSON.stringify(pattern)).join(', ')}]`,
    `    reason: ${reason}`,
  ]);
  return items.length === 0 ? [] : ['keep:', ...items];
}

function tableText(table: Table, columns: readonly ColumnProposal[]): string {
  const lines = columns.map(columnText).filter((line) => line !== undefined);
  const hasRules = lines.some((line) => !line.trimStart().startsWith('#'));
  const isMasked = columns.some(({ suggestion }) => !['keep', 'elsewhere', 'unknown'].includes(suggestion.kind));
  const notes = [
    ...(PASSING.test(spelled(table.name))
      ? ['    # TODO looks like what passes by: `truncate: true` instead of its columns would empty it']
      : []),
    ...(isMasked && table.primaryKey === undefined
      ? ['    # TODO has no primary key and cannot be masked: keep it, truncate it, or give it a key']
      : []),
    ...(isMasked && table.engine.toLowerCase() !== 'innodb'
      ? ['    # TODO has an engine without transactions and cannot be masked: make it InnoDB, or truncate it']
      : []),
  ];
  return [`  ${scalar(table.name)}:`, ...notes, `    columns:${hasRules ? '' : ' {}'}`, ...lines].join('\n');
}

function columnText({ column, suggestion, because }: ColumnProposal): string | undefined {
  if (suggestion.kind === 'elsewhere') {
    return undefined;
  }
  return suggestion.kind === 'unknown'
    ? `      # TODO ${spokenName(column)}: ${because}`
    : `      ${scalar(column)}: ${maskText(suggestion)} # ${because}`;
}
