import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every scalable target and policy, for the page that lists the account. */
export function inventoryOf({ applicationAutoScaling }: World): InventoryItem[] {
  const { targets, policies } = applicationAutoScaling;
  const service = 'application-autoscaling';
  return [
    ...[...targets.values()].map(({ resourceId, arn, tags, minimum, maximum }) => ({
      service,
      kind: 'scalable target',
      name: resourceId,
      arn,
      status: 'registered',
      tags,
      detail: { capacity: `${minimum} to ${maximum}` },
    })),
    ...[...policies.values()].map(({ name, arn, resourceId, type }) => ({
      service,
      kind: 'scaling policy',
      name,
      arn,
      status: 'registered',
      tags: targets.get(resourceId)?.tags ?? {},
      detail: { resource: resourceId, type },
    })),
  ];
}
