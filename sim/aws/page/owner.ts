import type { InventoryItem } from '../inventory-item.ts';

export const SHARED = 'Shared';

/**
 * Groups by the `Environment` tag. What can carry no tag, as a record set, goes with the environment whose name is a
 * whole word of its own name; the rest is shared. Environments come first, in order of name.
 */
export function groupByOwner(items: readonly InventoryItem[]): ReadonlyMap<string, readonly InventoryItem[]> {
  const environments = [...new Set(items.flatMap(({ tags }) => tags['Environment'] ?? []))].toSorted();
  const words = (name: string): readonly string[] => name.toLowerCase().split(/[^a-z0-9-]+/);
  const ownerOf = ({ tags, name }: InventoryItem): string =>
    tags['Environment'] ?? environments.find((environment) => words(name).includes(environment)) ?? SHARED;
  const groups = Map.groupBy(items, ownerOf);
  const order = [...environments.filter((environment) => environment !== SHARED), SHARED];
  return new Map(order.flatMap((owner) => (groups.has(owner) ? [[owner, groups.get(owner) ?? []]] : [])));
}
