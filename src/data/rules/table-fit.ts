import type { ForeignKey, Schema } from '../schema/model.ts';
import type { RuledTable } from './ruled-tables.ts';
import { spoken } from './spoken-name.ts';
import type { Settled } from './tie-rules.ts';
import { columnId } from './tied-columns.ts';
import { columnOf } from './unknown-names.ts';

/** Why a table cannot be changed as its rules would have it. `settled`: what becomes of its columns. */
export function tableProblems(ruled: RuledTable, settled: ReadonlyMap<string, Settled>): string[] {
  const { table, rules, isTruncated } = ruled;
  if (isTruncated) {
    return [];
  }
  const masked = ruled.columns.find(({ id }) => (settled.get(id)?.mask.kind ?? 'keep') !== 'keep');
  const deletes = (rules?.rows.length ?? 0) > 0 || rules?.orphans !== undefined;
  if (masked === undefined && !deletes) {
    return [];
  }
  const what = masked
    ? `${spoken(table.name, masked.column.name)} is masked`
    : `rows of ${spoken(table.name)} are deleted`;
  return [
    ...(table.primaryKey === undefined
      ? [
          `${what}, but the table has no primary key: what was interrupted could not be resumed. Keep it, truncate it, or give it a key`,
        ]
      : []),
    ...(table.engine.toLowerCase() === 'innodb'
      ? []
      : [
          `${what}, but the table is of the engine ${spoken(table.engine)}, which has no transactions: use InnoDB, or truncate it`,
        ]),
  ];
}

/** What deleting leaves behind: rows whose parents are certain to go, and rules for orphans that can do nothing. */
export function orphanProblems(
  tables: readonly RuledTable[],
  { foreignKeys }: Schema,
  settled: ReadonlyMap<string, Settled>,
): string[] {
  const truncated = new Set(tables.filter(({ isTruncated }) => isTruncated).map(({ table }) => table.name));
  return tables.flatMap((ruled) => {
    const own = foreignKeys.filter(({ table }) => table === ruled.table.name);
    return ruled.isTruncated ? [] : [...idleOrphans(ruled, own), ...lostParents(ruled, { own, truncated, settled })];
  });
}

function idleOrphans({ table, rules }: RuledTable, own: readonly ForeignKey[]): string[] {
  if (rules?.orphans === undefined) {
    return [];
  }
  if (own.length === 0) {
    return [`${spoken(table.name)} has no foreign key: \`orphans\` says nothing there`];
  }
  const columns = rules.orphans === 'null' ? own.flatMap((key) => key.columns) : [];
  return [...new Set(columns)]
    .filter((name) => columnOf(table, name)?.nullable === false)
    .map((name) => `${spoken(table.name, name)} takes no NULL, as \`orphans: null\` would have it`);
}

function lostParents(
  { table, rules }: RuledTable,
  {
    own,
    truncated,
    settled,
  }: { own: readonly ForeignKey[]; truncated: ReadonlySet<string>; settled: ReadonlyMap<string, Settled> },
): string[] {
  const isNull = (column: string): boolean => settled.get(columnId(table.name, column))?.mask.kind === 'null';
  return own
    .filter(({ onDelete }) => onDelete !== 'CASCADE' && onDelete !== 'SET NULL')
    .filter(({ referencedTable, columns }) => truncated.has(referencedTable) && !columns.some(isNull))
    .filter(() => rules?.orphans === undefined)
    .map(
      ({ name, referencedTable, columns: [column = ''] }) =>
        `${spoken(table.name, column)} refers to ${spoken(referencedTable)}, which is truncated (foreign key ${spoken(name)}): ` +
        'say `orphans: delete` or `orphans: null`, or truncate both',
    );
}
