import type { Budget as BudgetSettings, Notification, Subscriber } from '@aws-sdk/client-budgets';
import type { Tags } from '../tag-index.ts';

export interface BudgetNotification {
  notification: Notification;
  subscribers: readonly Subscriber[];
}

export interface Budget {
  readonly name: string;
  readonly arn: string;
  /** As CreateBudget or UpdateBudget gave it, with AWS's defaults written out. */
  settings: BudgetSettings;
  notifications: readonly BudgetNotification[];
  tags: Tags;
}

/** Everything Budgets holds in this account, by name. */
export interface BudgetsState {
  readonly budgets: Map<string, Budget>;
}

export function createBudgetsState(): BudgetsState {
  return { budgets: new Map() };
}
