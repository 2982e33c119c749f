import type { Database } from '../mysql/session.ts';
import type { Column, ForeignKey, Schema, Table } from '../schema/model.ts';
import { AUDIT, spelled } from './name-hints.ts';
import { observe } from './observe.ts';
import { proposalText, undecidedIn } from './proposal-text.ts';
import { proposeColumn } from './propose-column.ts';
import type { ColumnProposal, Proposal, Suggestion } from './suggestion.ts';
import { spokenName } from './yaml-text.ts';

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
export async function proposeRules({ database, schema, sampleRows }: Propose): Promise<Proposal> {
  const patterns = patternsFor(schema);
  const proposals = new Map<string, ColumnProposal>();
  for (const table of schema.tables) {
    const seen = await observe(database, { table, sampleRows });
    for (const column of table.columns.filter(({ isGenerated }) => !isGenerated)) {
      const proposal = settled(column, { table, patterns }) ?? proposeColumn(table, column, seen.get(column.name));
      proposals.set(idOf(table.name, column.name), proposal);
    }
  }
  const tables = schema.tables.map((table) => ({
    table,
    columns: table.columns.flatMap(({ name }) => follow(proposals, { table: table.name, column: name, schema }) ?? []),
  }));
  return { text: proposalText(tables, keepText(patterns)), undecided: undecidedIn(tables) };
}

function idOf(table: string, column: string): string {
  return JSON.stringify([table, column]);
}

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
 * where that is masked, or nobody has decided yet, a rule set says nothing of it, and it follows.
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
  return { column, suggestion: suggestion.kind === 'keep' ? suggestion : { kind: 'follows' }, because };
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
