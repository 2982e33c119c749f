import { keysAtRisk } from '../plan/distinct-columns.ts';
import { mentions } from '../schema/mentions.ts';
import type { Table } from '../schema/model.ts';
import type { RuledTable } from './ruled-tables.ts';
import { spoken } from './spoken-name.ts';
import type { Settled } from './tie-rules.ts';
import { columnId } from './tied-columns.ts';

/**
 * Why a table may not take a masked row although each column takes its value: no partition is for it, or a unique key
 * compares something that follows from the values and that no map keeps apart. Whatever the run only then finds leaves
 * the table half masked. `settled`: what becomes of its columns.
 */
export function rowProblems({ table, isTruncated }: RuledTable, settled: ReadonlyMap<string, Settled>): string[] {
  if (isTruncated) {
    return [];
  }
  const kindOf = (column: string) => settled.get(columnId(table.name, column))?.mask.kind ?? 'keep';
  const masked = table.columns.map(({ name }) => name).filter((name) => kindOf(name) !== 'keep');
  const following = generatedFrom(table, masked);
  return [...partitionProblems(table, [...masked, ...following]), ...generatedProblems(table, following)];
}

function partitionProblems({ name: table, partitionedBy = '' }: Table, changed: readonly string[]): string[] {
  return changed
    .filter((column) => mentions(partitionedBy, column))
    .map(
      (column) =>
        `${spoken(table, column)} decides which partition a row is in, and not every value has one: keep it, or make a partition for all other values (MAXVALUE, or DEFAULT of a list)`,
    );
}

function generatedProblems(table: Table, following: readonly string[]): string[] {
  return following.flatMap((column) => {
    const [key] = keysAtRisk(table, column);
    const name = table.uniqueKeys.find(({ columns }) => columns === key)?.name ?? 'PRIMARY';
    return key === undefined
      ? []
      : [
          `${spoken(table.name, column)} is generated from masked columns, and the unique key ${spoken(name)} keeps it apart, which no mask can see to: keep what it is made of, or drop the key`,
        ];
  });
}

/** Generated columns that are made of these, directly or through others. */
function generatedFrom({ columns }: Table, masked: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    columns
      .filter(({ generatedFrom: sql = '' }) => [...masked, ...found].some((name) => mentions(sql, name)))
      .forEach(({ name }) => found.add(name));
  }
  return [...found];
}
