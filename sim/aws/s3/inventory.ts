import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every bucket, for the page that lists the account. */
export function inventoryOf({ s3 }: World): InventoryItem[] {
  return [...s3.buckets.values()].map(({ name, arn, tags, objects }) => ({
    service: 's3',
    kind: 'bucket',
    name,
    arn,
    status: objects.size === 1 ? '1 key' : `${objects.size} keys`,
    tags,
  }));
}
