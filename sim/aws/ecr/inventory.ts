import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every repository with the tags of its images, for the page that lists the account. */
export function inventoryOf(world: World): InventoryItem[] {
  return [...world.ecr.repositories.values()].map((repository) => ({
    service: 'ecr',
    kind: 'repository',
    name: repository.name,
    arn: repository.arn,
    status: 'ACTIVE',
    tags: repository.tags,
    detail: { images: [...repository.images.values()].flatMap(({ tags }) => [...tags]).join(', ') },
  }));
}
