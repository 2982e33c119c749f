import { pricingOf } from '../domain/prices.ts';
import { createMeter, type Meter } from '../reconcile/cost/meter.ts';
import { createCostMemory } from '../store/costs.ts';
import type { Connected, MayflyParts } from './parts.ts';

/** What adds up costs; undefined where nothing is known of the prices of the platform's region. */
export function meterOf({ platform, clock }: MayflyParts, { database }: Connected): Meter | undefined {
  const { region, prices, limits } = platform;
  const pricing = pricingOf(region, prices);
  return (
    pricing && createMeter({ memory: createCostMemory(database), clock, pricing, ruleLimit: limits.listenerRules })
  );
}
