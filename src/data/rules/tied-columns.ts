import type { ForeignKey } from '../schema/model.ts';

/** One column of a foreign key, and the one that it refers to; both as `columnId` gives them. */
export interface Tie {
  readonly foreignKey: string;
  readonly from: string;
  readonly to: string;
}

/** One text for each column of a schema, whatever the case of the column's name. */
export function columnId(table: string, column: string): string {
  return JSON.stringify([table, column.toLowerCase()]);
}

export function tiesOf(foreignKeys: readonly ForeignKey[]): Tie[] {
  return foreignKeys.flatMap(({ name, table, columns, referencedTable, referencedColumns }) =>
    columns.map((column, index) => ({
      foreignKey: name,
      from: columnId(table, column),
      to: columnId(referencedTable, referencedColumns[index] ?? ''),
    })),
  );
}

/** Columns that foreign keys tie together, directly or through others: each group once, with at least two in it. */
export function groupsOf(ties: readonly Tie[]): string[][] {
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of ties) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const seen = new Set<string>();
  const groups: string[][] = [];
  for (const start of neighbours.keys()) {
    if (!seen.has(start)) {
      const group = reachedFrom(start, neighbours);
      groups.push(group);
      group.forEach((id) => seen.add(id));
    }
  }
  return groups.filter((group) => group.length > 1);
}

function reachedFrom(start: string, neighbours: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Set([start]);
  // A set that grows while it is walked is walked to its new end.
  for (const id of reached) {
    neighbours.get(id)?.forEach((next) => reached.add(next));
  }
  return [...reached];
}
