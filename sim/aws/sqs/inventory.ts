import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';
import { livingMessages } from './retention.ts';

/** Every queue, for the page that lists the account. */
export function inventoryOf(world: World): InventoryItem[] {
  return [...world.sqs.queues.values()].map((queue) => {
    const { name, arn, tags } = queue;
    const count = livingMessages(world, queue).length;
    return { service: 'sqs', kind: 'queue', name, arn, tags, status: count === 1 ? '1 message' : `${count} messages` };
  });
}
