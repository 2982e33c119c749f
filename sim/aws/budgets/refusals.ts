import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Budget } from './state.ts';

export function invalid(message: string): Refusal {
  return new Refusal('InvalidParameterException', message);
}

export function notFound(message: string): Refusal {
  return new Refusal('NotFoundException', message);
}

/** Throws AccessDeniedException for an account that is not the caller's. */
export function refuseOtherAccount({ accountId }: World, asked: string | undefined): void {
  if (asked !== accountId) {
    throw new Refusal('AccessDeniedException', `Account ${asked ?? ''} is a linked account, or not the caller's.`);
  }
}

/** Throws NotFoundException. */
export function budgetNamed(
  world: World,
  input: { AccountId?: string | undefined; BudgetName?: string | undefined },
): Budget {
  refuseOtherAccount(world, input.AccountId);
  const name = input.BudgetName ?? '';
  const budget = world.budgets.budgets.get(name);
  if (!budget) {
    throw notFound(`Unable to get budget: ${name} - the budget doesn't exist.`);
  }
  return budget;
}
