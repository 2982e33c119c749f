import type { CoveredColumn, CoveredTable } from '../rules/covered.ts';
import type { ForeignKey } from '../schema/model.ts';

/** A column of a table with its rule. */
export interface Place {
  readonly table: string;
  readonly covered: CoveredColumn;
}

/** Columns that foreign keys tie together, so that one value has to become one and the same in all of them. */
export interface TiedColumns {
  /** Referred to by others, and referring to none if there is such a one. */
  readonly root: Place;
  readonly others: readonly Place[];
}

export function placeKey(table: string, column: string): string {
  return JSON.stringify([table, column]);
}

/**
 * Groups of columns and what keeps them from being masked alike. A column that becomes NULL refers to nothing and is in
 * no group; neither is one whose own values are dealt anew, as long as its parent keeps them.
 */
export function tiedColumns(
  tables: readonly CoveredTable[],
  foreignKeys: readonly ForeignKey[],
): { groups: readonly TiedColumns[]; problems: readonly string[] } {
  const places = new Map<string, Place>();
  for (const { table, columns } of tables) {
    for (const covered of columns) {
      places.set(placeKey(table.name, covered.column.name), { table: table.name, covered });
    }
  }
  const problems: string[] = [];
  const links = foreignKeys.flatMap((key) => linksOf(key, { places, problems }));
  const groups = joined(links);
  problems.push(...groups.flatMap(differences));
  return { groups, problems };
}

interface Link {
  readonly child: Place;
  readonly parent: Place;
}

function linksOf(
  key: ForeignKey,
  { places, problems }: { places: ReadonlyMap<string, Place>; problems: string[] },
): Link[] {
  return key.columns.flatMap((column, n) => {
    const child = places.get(placeKey(key.table, column));
    const parent = places.get(placeKey(key.referencedTable, key.referencedColumns[n] ?? ''));
    if (!child || !parent || child.covered.mask.kind === 'null') {
      return [];
    }
    if (child.covered.mask.kind === 'shuffle') {
      if (key.columns.length > 1 || parent.covered.mask.kind !== 'keep') {
        problems.push(
          `${nameOf(child)} cannot be shuffled: foreign key ${key.name} needs values that ${nameOf(parent)} still has with it. Mask both alike, or keep ${nameOf(parent)} and shuffle a column that is a foreign key by itself.`,
        );
      }
      return [];
    }
    return [{ child, parent }];
  });
}

function joined(links: readonly Link[]): readonly TiedColumns[] {
  const groups: Set<Place>[] = [];
  for (const { child, parent } of links) {
    const met = groups.filter((group) => group.has(child) || group.has(parent));
    const whole = new Set([child, parent, ...met.flatMap((group) => [...group])]);
    groups.splice(0, groups.length, ...groups.filter((group) => !met.includes(group)), whole);
  }
  return groups.map((group) => {
    const parents = [...group].filter((place) => links.some(({ parent }) => parent === place));
    const root = parents.find((place) => !links.some(({ child }) => child === place)) ?? parents[0];
    if (!root) {
      throw new Error('a group of tied columns has no parent');
    }
    return { root, others: [...group].filter((place) => place !== root) };
  });
}

function differences({ root, others }: TiedColumns): string[] {
  const rule = ({ covered: { mask, domain } }: Place) => JSON.stringify(mask.kind === 'keep' ? 'keep' : [mask, domain]);
  return others
    .filter((other) => rule(other) !== rule(root))
    .map(
      (other) =>
        `${nameOf(other)} and ${nameOf(root)} are tied by a foreign key and need one mask in one domain: ${other.covered.mask.kind} and ${root.covered.mask.kind} would tear them apart.`,
    );
}

export function nameOf({ table, covered }: Place): string {
  return `${table}.${covered.column.name}`;
}
