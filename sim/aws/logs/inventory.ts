import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every log group, for the page that lists the account. */
export function inventoryOf(world: World): InventoryItem[] {
  return [...world.logs.groups.values()].map((group) => ({
    service: 'logs',
    kind: 'log group',
    name: group.name,
    arn: group.arn,
    status: 'ACTIVE',
    tags: group.tags,
    detail: {
      retention: group.retentionInDays === undefined ? 'never expires' : `${group.retentionInDays} days`,
      streams: String(group.streams.size),
    },
  }));
}
