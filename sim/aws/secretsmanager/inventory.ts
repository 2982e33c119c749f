import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every secret, without its value, for the page that lists the account. */
export function inventoryOf(world: World): InventoryItem[] {
  return [...world.secretsManager.secrets.values()].map((secret) => ({
    service: 'secretsmanager',
    kind: 'secret',
    name: secret.name,
    arn: secret.arn,
    status: secret.deletedAt ? 'marked for deletion' : 'ACTIVE',
    tags: secret.tags,
  }));
}
