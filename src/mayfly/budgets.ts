import type { Logger } from 'pino';
import { type BudgetPool, type BudgetReading, budgetLimits, isNearlyUsed } from '../domain/budget.ts';
import { createBudgetReader } from '../provision/aws/budget-reader.ts';
import type { BudgetReader } from '../reconcile/admission/budget-reader.ts';
import { createSourceChoice } from '../reconcile/source/choose-source.ts';
import { createFiguresMemory } from '../store/figures.ts';
import { createSourceStore } from '../store/sources.ts';
import type { Connected, MayflyParts } from './parts.ts';

/** Every pool that an environment that is made now can take something of. */
export async function poolsNow(
  { platform }: MayflyParts,
  { database }: Pick<Connected, 'database'>,
): Promise<BudgetPool[]> {
  const of = platform.loadBalancer.arn;
  const choice = createSourceChoice({ sources: createSourceStore(database), platform });
  const { planned } = await choice.choose([]);
  return [
    { kind: 'clones', of: planned.identifier },
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
