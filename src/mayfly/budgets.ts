import type { Logger } from 'pino';
import type { Platform } from '../config/platform.ts';
import { type BudgetPool, type BudgetReading, budgetLimits, isNearlyUsed } from '../domain/budget.ts';
import { createBudgetReader } from '../provision/aws/budget-reader.ts';
import type { BudgetReader } from '../reconcile/admission/budget-reader.ts';
import { createFiguresMemory } from '../store/figures.ts';
import type { Connected, MayflyParts } from './parts.ts';

/** Every pool that an environment of the platform can take something of. */
export function poolsOfPlatform({ database, loadBalancer: { arn: of } }: Platform): BudgetPool[] {
  return [
    { kind: 'clones', of: database.sourceIdentifier },
    { kind: 'listener-rules', of },
    { kind: 'target-groups', of },
    { kind: 'listener-certificates', of },
  ];
}

/** Budgets as AWS shows them; what it shows is kept for operators, too. */
export function budgetsOf({ clients, clock, log, platform }: MayflyParts, { database }: Connected): BudgetReader {
  const memory = createFiguresMemory(database);
  const reader = createBudgetReader({
    clients,
    limits: budgetLimits(platform.limits),
    onRead: (reading) => tellOfBudget(reading, log),
  });
  return {
    async read(pools) {
      const readings = await reader.read(pools);
      await memory.noteBudgets(readings, clock.now());
      return readings;
    },
  };
}

/** Read when somebody is to be admitted and by the sweep, so a line each time tells operators how things stand without filling the log. */
function tellOfBudget({ kind, of, limit, items }: BudgetReading, log: Logger): void {
  const facts = { kind, of, used: items.length, limit };
  if (isNearlyUsed({ limit, items })) {
    log.warn(facts, 'a budget is nearly used');
  } else {
    log.info(facts, 'a budget was read');
  }
}
