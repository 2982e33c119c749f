import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

export function inventoryOf(world: World): InventoryItem[] {
  return [...world.acm.certificates.values()].map(({ arn, domainName, alternativeNames, status, tags }) => ({
    service: 'acm',
    kind: 'certificate',
    name: domainName,
    arn,
    status,
    tags,
    detail: { names: alternativeNames.join(', ') },
  }));
}
