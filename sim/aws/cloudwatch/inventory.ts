import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every alarm and dashboard, for the page that lists the account. */
export function inventoryOf({ cloudwatch }: World): InventoryItem[] {
  const alarms = [...cloudwatch.alarms.values()].map((alarm) => ({
    service: 'monitoring',
    kind: `${alarm.kind} alarm`,
    name: alarm.name,
    arn: alarm.arn,
    status: alarm.state,
    tags: alarm.tags,
  }));
  const dashboards = [...cloudwatch.dashboards.values()].map(({ name, arn, tags }) => ({
    service: 'monitoring',
    kind: 'dashboard',
    name,
    arn,
    status: 'ACTIVE',
    tags,
  }));
  return [...alarms, ...dashboards];
}
