import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every group and schedule, for the page that lists the account. */
export function inventoryOf({ scheduler }: World): InventoryItem[] {
  const groups = [...scheduler.groups.values()].map(({ name, arn, state, tags }) => ({
    service: 'scheduler',
    kind: 'schedule group',
    name,
    arn,
    status: state,
    tags,
  }));
  const schedules = [...scheduler.schedules.values()].map(({ name, group, arn, settings, firings }) => ({
    service: 'scheduler',
    kind: 'schedule',
    name: `${group}/${name}`,
    arn,
    status: settings.State ?? 'ENABLED',
    tags: {},
    detail: { expression: settings.ScheduleExpression ?? '', fired: String(firings.length) },
  }));
  return [...groups, ...schedules];
}
