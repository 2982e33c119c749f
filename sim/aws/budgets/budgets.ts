import type {
  CreateBudgetRequest,
  DeleteBudgetRequest,
  DescribeBudgetRequest,
  DescribeBudgetResponse,
  DescribeBudgetsRequest,
  DescribeBudgetsResponse,
  UpdateBudgetRequest,
} from '@aws-sdk/client-budgets';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { readBudget } from './budget-rules.ts';
import { readNotifications } from './notifications.ts';
import { pageIn } from './paging.ts';
import { budgetNamed, invalid, refuseOtherAccount } from './refusals.ts';
import { tagsIn } from './tags.ts';

/** Nothing is ever spent here: the actual spend of a budget is 0 and no notification goes out. */
function create(world: World, input: CreateBudgetRequest): void {
  refuseOtherAccount(world, input.AccountId);
  const settings = readBudget(given(input.Budget), world.clock.now());
  const name = settings.BudgetName ?? '';
  if (world.budgets.budgets.has(name)) {
    throw new Refusal('DuplicateRecordException', `Error creating budget: ${name} - the budget already exists.`);
  }
  const notifications = readNotifications(input.NotificationsWithSubscribers);
  const tags = tagsIn(input.ResourceTags);
  const arn = `arn:aws:budgets::${world.accountId}:budget/${name}`;
  world.budgets.budgets.set(name, { name, arn, settings, notifications, tags });
  world.tagIndex.put(arn, tags);
}

function given<T>(budget: T | undefined): T {
  if (budget === undefined) {
    throw invalid('A budget must be given');
  }
  return budget;
}

/** Replaces the whole budget: what the new one does not say falls back to AWS's defaults. Notifications stay. */
function update(world: World, input: UpdateBudgetRequest): void {
  const next = given(input.NewBudget);
  const budget = budgetNamed(world, { AccountId: input.AccountId, BudgetName: next.BudgetName });
  const TimePeriod = { ...budget.settings.TimePeriod, ...next.TimePeriod };
  budget.settings = readBudget({ ...next, TimePeriod }, world.clock.now());
}

function describe(world: World, input: DescribeBudgetRequest): DescribeBudgetResponse {
  return { Budget: budgetNamed(world, input).settings };
}

function list(world: World, input: DescribeBudgetsRequest): DescribeBudgetsResponse {
  refuseOtherAccount(world, input.AccountId);
  const { items, NextToken } = pageIn([...world.budgets.budgets.values()], input);
  return { Budgets: items.map(({ settings }) => settings), NextToken };
}

/** With its notifications and subscribers. */
function remove(world: World, input: DeleteBudgetRequest): void {
  const { name, arn } = budgetNamed(world, input);
  world.budgets.budgets.delete(name);
  world.tagIndex.remove(arn);
}

export function budgetHandlers(world: World): Record<string, Handler> {
  return {
    CreateBudget: (input: CreateBudgetRequest) => create(world, input),
    UpdateBudget: (input: UpdateBudgetRequest) => update(world, input),
    DescribeBudget: (input: DescribeBudgetRequest) => describe(world, input),
    DescribeBudgets: (input: DescribeBudgetsRequest) => list(world, input),
    DeleteBudget: (input: DeleteBudgetRequest) => remove(world, input),
  };
}
