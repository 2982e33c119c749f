import { pricingOf } from '../domain/prices.ts';
import { createDatabaseUse } from '../provision/aws/database-use.ts';
import { createMeter, type Meter } from '../reconcile/cost/meter.ts';
import { createUseRounds, type UseRounds } from '../reconcile/cost/use-rounds.ts';
import { createCostMemory } from '../store/costs.ts';
import type { Connected, MayflyParts } from './parts.ts';

export interface Costs {
  readonly meter: Meter;
  readonly useRounds: UseRounds;
}

/** What adds up costs and reads what they depend on; undefined where nothing is known of the prices of the platform's region. */
export function costsOf(
  { platform, clock, clients, log }: MayflyParts,
  { database, store }: Connected,
): Costs | undefined {
  const { region, prices, limits } = platform;
  const pricing = pricingOf(region, prices);
  if (!pricing) {
    return undefined;
  }
  const memory = createCostMemory(database);
  return {
    meter: createMeter({ memory, clock, pricing, ruleLimit: limits.listenerRules }),
    useRounds: createUseRounds({
      store,
      memory,
      use: createDatabaseUse(clients.cloudwatch),
      clock,
      onFailed: (error) =>
        log.warn({ err: error }, 'how clones were used could not be read, and is with the next round'),
    }),
  };
}
