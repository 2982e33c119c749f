import { createHash } from 'node:crypto';
import type { MaskSql } from '../masks/mask-sql.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { CoveredTable } from '../rules/covered.ts';
import type { Mask } from '../rules/rule-set.ts';
import { collated } from '../schema/collation.ts';
import { mentions } from '../schema/mentions.ts';
import type { Check, Column, Table } from '../schema/model.ts';
import { WORK_DATABASE } from '../work-database.ts';
import { assignmentOrder, type ReadingAssignment } from './assignment-order.ts';
import { keysAtRisk, keysOf, walkingKey } from './distinct-columns.ts';
import type { Shuffle, TablePlan } from './plan.ts';
import { prefixProblems } from './prefix-keys.ts';
import type { RowPlan } from './row-plan.ts';
import { placeKey } from './tied-columns.ts';

interface ColumnMap {
  readonly name: string;
  /** By which its originals are compared; undefined: as the column's own. */
  readonly comparedAs: string | undefined;
  /** Whether every value of the column is in it. */
  readonly hasAll: boolean;
}

export interface PlannedColumn {
  readonly mask: MaskSql;
  /** The map that has new values, all of them or those of other columns that met. */
  readonly map: ColumnMap | undefined;
}

interface Context {
  readonly database: string;
  readonly rows: RowPlan;
  readonly columns: ReadonlyMap<string, PlannedColumn>;
}

export function planTable(
  covered: CoveredTable,
  { database, rows, columns }: Context,
): { plan: TablePlan; problems: readonly string[] } {
  const { table } = covered;
  const key = walkingKey(table) ?? [];
  const isTruncated = rows.truncated.has(table.name);
  const shuffles = isTruncated ? [] : shufflesOf(covered);
  const assignments = isTruncated ? [] : assignmentsOf(covered, { database, columns, shuffles, key });
  const strategy = strategyOf(covered, { key, assignments, columns });
  const losesRows = rows.losing.has(table.name);
  const plan: TablePlan = {
    table: table.name,
    key: key.map((name) => ({ name, kind: columnOf(table, name)?.kind ?? 'other' })),
    strategy,
    maps: uniqueMapsOf(covered, columns),
    columns: table.columns.filter(({ isGenerated }) => !isGenerated).map(({ name }) => name),
    assignments: (strategy === 'update' ? (assignmentOrder(assignments) ?? []) : assignments).map(
      ({ column, sql }) => ({
        column,
        sql,
      }),
    ),
    held: table.columns
      .filter(({ name, followsUpdates }) => followsUpdates && !assignments.some(({ column }) => column === name))
      .map(({ name }) => name),
    shuffles,
    checks: checksOf(table, assignments),
    isTruncated,
    losesRows,
    estimatedRows: table.estimatedRows,
  };
  const losesParents = rows.orphans.some((rule) => rule.table === table.name);
  const isTouched = strategy !== 'none' || losesParents || (losesRows && !isTruncated);
  return {
    plan,
    problems: [
      ...(isTouched ? tableProblems(table, key) : []),
      ...shuffleProblems(covered, shuffles),
      ...(isTruncated ? [] : prefixProblems(covered, columns)),
    ],
  };
}

/** What a generated column becomes nobody knows before the row is written. */
function checksOf({ checks = [], columns }: Table, assignments: readonly ReadingAssignment[]): readonly Check[] {
  const generated = columns.filter(({ isGenerated }) => isGenerated);
  return checks
    .filter(({ condition }) => assignments.some(({ column }) => mentions(condition, column)))
    .filter(({ condition }) => !generated.some(({ name }) => mentions(condition, name)))
    .map(({ name, condition }) => ({ name, condition }));
}

function tableProblems(table: Table, key: readonly string[]): string[] {
  const problems: string[] = [];
  if (key.length === 0) {
    problems.push(
      `Table ${table.name} has no key to walk its rows by, so that a run that was interrupted could mask some twice: give it a primary key, or truncate it.`,
    );
  }
  if (table.engine !== 'InnoDB') {
    problems.push(
      `Table ${table.name} is kept by ${table.engine || 'no engine'}, where a chunk and its entry in the journal cannot be written together: make it ENGINE=InnoDB, or truncate it.`,
    );
  }
  const odd = key.find((name) => ['float', 'spatial'].includes(columnOf(table, name)?.kind ?? ''));
  if (odd !== undefined) {
    problems.push(
      `Table ${table.name} has a key of type ${columnOf(table, odd)?.columnType}, which cannot be compared exactly.`,
    );
  }
  return problems;
}

function shuffleProblems({ table }: CoveredTable, shuffles: readonly Shuffle[]): string[] {
  return shuffles
    .filter(({ column }) => keysAtRisk(table, column).some((key) => key.length > 1))
    .map(
      ({ column }) =>
        `${table.name}.${column} is part of a unique key of several columns, and its values dealt anew could make two rows one: use a mask that keeps values apart.`,
    );
}

function shufflesOf({ table, columns }: CoveredTable): Shuffle[] {
  return columns
    .filter(({ mask }) => mask.kind === 'shuffle')
    .map(({ column }) => ({ name: `deal_${placeNumber(table, column.name)}`, table: table.name, column: column.name }));
}

/** Names of tables and columns may be too long to be a part of another name, so a digest stands for them. */
function placeNumber(table: Table, column: string): string {
  return createHash('sha256').update(placeKey(table.name, column)).digest('hex').slice(0, 24);
}

function assignmentsOf(
  { table, columns: covered }: CoveredTable,
  {
    database,
    columns,
    shuffles,
    key,
  }: Omit<Context, 'rows'> & { shuffles: readonly Shuffle[]; key: readonly string[] },
): ReadingAssignment[] {
  return covered.flatMap(({ column }): ReadingAssignment[] => {
    const planned = columns.get(placeKey(table.name, column.name));
    const shuffle = shuffles.find((one) => one.column === column.name);
    if (shuffle) {
      return [{ column: column.name, sql: dealtSql(shuffle, { database, key }), reads: [column.name, ...key] }];
    }
    if (!planned) {
      return [];
    }
    const sql = planned.map
      ? mappedSql(column, { planned, map: planned.map, name: quoteName(database, table.name, column.name) })
      : planned.mask.sql;
    return [{ column: column.name, sql, reads: planned.mask.reads }];
  });
}

/** A value that a map with all of them does not know becomes NULL: nothing of it is left. */
function mappedSql(
  { kind, collation }: Column,
  { planned, map, name }: { planned: PlannedColumn; map: ColumnMap; name: string },
): string {
  const value = map.comparedAs === undefined || map.comparedAs === collation ? name : collated(name, map.comparedAs);
  const found = `(SELECT mayfly_map.masked FROM ${quoteName(WORK_DATABASE, map.name)} mayfly_map WHERE mayfly_map.original = ${value})`;
  if (map.hasAll) {
    return found;
  }
  // A text of the map and one of the mask may have two collations, of which none is stronger.
  const [known, masked] = [found, planned.mask.sql].map((sql) =>
    kind === 'text' ? `CONVERT(${sql} USING utf8mb4)` : sql,
  );
  return `COALESCE(${known},${masked})`;
}

function dealtSql({ name, table }: Shuffle, { database, key }: { database: string; key: readonly string[] }): string {
  const same = key.map((column, n) => `mayfly_to.mayfly_key_${n + 1} = ${quoteName(database, table, column)}`);
  return `(SELECT mayfly_from.dealt FROM ${quoteName(WORK_DATABASE, `${name}_to`)} mayfly_to JOIN ${quoteName(WORK_DATABASE, `${name}_from`)} mayfly_from ON mayfly_from.turn = mayfly_to.turn WHERE ${same.join(' AND ')})`;
}

function strategyOf(
  { table, columns: covered }: CoveredTable,
  {
    key,
    assignments,
    columns,
  }: Pick<Context, 'columns'> & { key: readonly string[]; assignments: readonly ReadingAssignment[] },
): TablePlan['strategy'] {
  if (assignments.length === 0) {
    return 'none';
  }
  const unique = new Set(keysOf(table).flat());
  const assigned = new Set(assignments.map(({ column }) => column));
  const mayMeet = covered.some(
    ({ column: { name }, mask }) =>
      unique.has(name) &&
      assigned.has(name) &&
      columns.get(placeKey(table.name, name))?.map === undefined &&
      mayMeetOriginals(mask),
  );
  const readsGenerated = assignments.some(({ reads }) => reads.some((name) => columnOf(table, name)?.isGenerated));
  const hasOrder = assignmentOrder(assignments) !== undefined;
  return mayMeet || key.some((name) => assigned.has(name)) || readsGenerated || !hasOrder ? 'rewrite' : 'update';
}

/** Whoever has a map is looked up in it when it is drawn, where it is not certain yet. */
function uniqueMapsOf({ table, columns: covered }: CoveredTable, columns: Context['columns']): string[] {
  const unique = new Set(keysOf(table).flat());
  return covered.flatMap(({ column: { name } }) => {
    const map = columns.get(placeKey(table.name, name))?.map;
    return map !== undefined && unique.has(name) ? [map.name] : [];
  });
}

/** Whether a new value may be one that another row still has: drawn from all hashes, or from fakes, it is not. */
function mayMeetOriginals({ kind }: Mask): boolean {
  return !['keep', 'null', 'hash', 'fake'].includes(kind);
}

function columnOf(table: Table, name: string) {
  return table.columns.find((column) => column.name === name);
}
