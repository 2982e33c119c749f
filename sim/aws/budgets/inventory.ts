import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';

/** Every budget, for the page that lists the account. */
export function inventoryOf({ budgets }: World): InventoryItem[] {
  return [...budgets.budgets.values()].map(({ name, arn, tags, settings, notifications }) => ({
    service: 'budgets',
    kind: 'budget',
    name,
    arn,
    status: 'ACTIVE',
    tags,
    detail: {
      limit: `${settings.BudgetLimit?.Amount ?? '?'} ${settings.BudgetLimit?.Unit ?? ''} ${settings.TimeUnit ?? ''}`,
      notifications: String(notifications.length),
    },
  }));
}
