import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every parameter, without its value, for the page that lists the account. */
export function inventoryOf(world: World): InventoryItem[] {
  return [...world.ssm.parameters.values()].map((parameter) => ({
    service: 'ssm',
    kind: 'parameter',
    name: parameter.name,
    arn: parameter.arn,
    status: 'ACTIVE',
    tags: parameter.tags,
    detail: { type: parameter.type, version: String(parameter.versions.at(-1)?.version ?? 0) },
  }));
}
