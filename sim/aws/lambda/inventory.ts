import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every function, for the page that lists the account. */
export function inventoryOf({ lambda }: World): InventoryItem[] {
  return [...lambda.functions.values()].map(({ name, arn, state, tags, invocations, settings }) => ({
    service: 'lambda',
    kind: 'function',
    name,
    arn,
    status: state,
    tags,
    detail: { runtime: settings.Runtime ?? '', invocations: String(invocations.length) },
  }));
}
