import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';
import { stateOf } from './key-view.ts';

/** Every key and every alias that has one, for the page that lists the account. */
export function inventoryOf({ kms }: World): InventoryItem[] {
  const keys = [...kms.keys.values()].map((key) => ({
    service: 'kms',
    kind: 'key',
    name: key.description === '' ? key.id : key.description,
    arn: key.arn,
    status: stateOf(key),
    tags: key.tags,
    ...(key.deletion && { detail: { deleted: key.deletion.at.toISOString() } }),
  }));
  const aliases = [...kms.aliases.values()].map(({ name, arn, keyId }) => ({
    service: 'kms',
    kind: 'alias',
    name,
    arn,
    status: 'ACTIVE',
    tags: {},
    detail: { key: keyId },
  }));
  return [...keys, ...aliases];
}
