import { type BudgetKind, type BudgetPool, budgetLimits } from '../../src/domain/budget.ts';
import type { BudgetReader } from '../../src/reconcile/admission/budget-reader.ts';

/** An account in which nothing is but what a test puts there; `error` is thrown once. */
export interface FakeBudgets extends BudgetReader {
  readonly items: Partial<Record<BudgetKind, readonly string[]>>;
  readonly reads: (readonly BudgetPool[])[];
  error?: Error | undefined;
  /** What happens while AWS answers. */
  meanwhile?: (() => Promise<void>) | undefined;
}

export function createFakeBudgets(): FakeBudgets {
  const limits = budgetLimits({ listenerRules: 100, listenerCertificates: 25 });
  const fake: FakeBudgets = {
    items: {},
    reads: [],
    async read(pools) {
      fake.reads.push(pools);
      const { error, meanwhile } = fake;
      if (error) {
        fake.error = undefined;
        throw error;
      }
      const readings = pools.map((pool) => ({ ...pool, limit: limits[pool.kind], items: fake.items[pool.kind] ?? [] }));
      await meanwhile?.();
      return readings;
    },
  };
  return fake;
}
