import { idleSince, nearlyIdleSince } from '../../domain/capacity-advice.ts';
import {
  accumulated,
  type CostPart,
  costParts,
  type KnownUse,
  perDay,
  projected,
  ratesOf,
  recentUse,
  withLook,
} from '../../domain/cost.ts';
import { inCurrency, steady } from '../../domain/money.ts';
import type { Pricing } from '../../domain/prices.ts';
import type { Clock } from '../clock.ts';
import type { EnvironmentRecord, ResourceRecord } from '../store.ts';
import { type AutomaticBounds, advisedAfter } from './advise.ts';
import type { CostMemory, CostRecord, SaidCost, UseSample } from './cost-memory.ts';
import type { CostReport } from './cost-report.ts';
import { quantitiesOf } from './quantities.ts';

export interface Meter {
  /**
   * Adds up what the environment has cost until now, at what it had when it was last looked at, and says what it costs. One
   * look at an environment at a time; a look that is repeated adds nothing. `bounds` are those of an automatic maximum, null
   * where the blueprint wants none, and undefined where it could not be read.
   */
  look(
    record: EnvironmentRecord,
    rows: readonly ResourceRecord[],
    bounds?: AutomaticBounds | null,
  ): Promise<CostReport>;
  /** What it costs and has cost until now, if all is as the last look found it; undefined before the first. */
  last(record: EnvironmentRecord): Promise<CostReport | undefined>;
  /** The automatic maximum of its clone as the last look left it; undefined where there is none. */
  automaticMax(record: EnvironmentRecord): Promise<number | undefined>;
}

export interface MeterParts {
  readonly memory: CostMemory;
  readonly clock: Clock;
  readonly pricing: Pricing;
  /** Rules that the load balancer takes, everybody's together. */
  readonly ruleLimit: number;
}

export function createMeter({ memory, clock, pricing, ruleLimit }: MeterParts): Meter {
  const { table } = pricing;

  async function look(
    record: EnvironmentRecord,
    rows: readonly ResourceRecord[],
    bounds?: AutomaticBounds | null,
  ): Promise<CostReport> {
    const now = clock.now();
    const { identity, life } = record;
    const [before, uses] = await Promise.all([memory.cost(identity.id, life), memory.uses(identity.id, life)]);
    const quantities = quantitiesOf(rows);
    const settings = costParts(quantities, table, { ruleLimit, acuMilli: null, volumeBytes: volumeOf(uses) });
    const pieces = withLook(before?.pieces ?? [], ratesOf(settings), now);
    const known: KnownUse = { ruleLimit, acuMilli: recentUse(uses, now), volumeBytes: volumeOf(uses) };
    const parts = costParts(quantities, table, known);
    const spent = accumulated(pieces, uses, table);
    const said = saidAfter(before?.said ?? null, {
      perDay: perDay(parts),
      byExpiry: projected(spent, perDay(parts), { now, until: record.intent.expiresAt }),
      measured: known.acuMilli !== null,
      parts,
      ...advisedAfter(before?.said ?? null, { rows, uses, bounds, now }),
    });
    const cost: CostRecord = { pieces, said };
    if (JSON.stringify(cost) !== JSON.stringify(before)) {
      await memory.saveCost(identity.id, life, { ...cost, at: now });
    }
    return reportOf(cost, uses, pricing);
  }

  return {
    look,
    automaticMax: async ({ identity, life }) => (await memory.cost(identity.id, life))?.said.automatic?.max,
    async last({ identity, life, intent }) {
      const [cost, uses] = await Promise.all([memory.cost(identity.id, life), memory.uses(identity.id, life)]);
      const open = cost?.pieces.at(-1);
      if (!cost || !open) {
        return undefined;
      }
      const now = clock.now();
      const pieces = withLook(cost.pieces, open, now);
      const spent = accumulated(pieces, uses, table);
      const byExpiry = projected(spent, cost.said.perDay, { now, until: intent.expiresAt });
      return reportOf({ pieces, said: { ...cost.said, byExpiry } }, uses, pricing);
    },
  };
}

/** The parts are said with the sum that they come to, so that they always add up. */
function saidAfter(before: SaidCost | null, now: SaidCost): SaidCost {
  if (!before) {
    return now;
  }
  const same =
    before.measured === now.measured &&
    namesOf(before.parts) === namesOf(now.parts) &&
    steady(before.perDay, now.perDay) === before.perDay;
  const { perDay: rate, measured, parts } = same ? before : now;
  return { ...now, perDay: rate, measured, parts, byExpiry: steady(before.byExpiry, now.byExpiry) };
}

function namesOf(parts: readonly CostPart[]): string {
  return parts.map(({ name, perDay: amount }) => `${name}${amount ? '' : '?'}`).join(' ');
}

function volumeOf(uses: readonly UseSample[]): number | null {
  return uses.findLast(({ volumeBytes }) => volumeBytes !== null)?.volumeBytes ?? null;
}

function reportOf({ pieces, said }: CostRecord, uses: readonly UseSample[], pricing: Pricing): CostReport {
  const { currency, table } = pricing;
  const { perDay: rate, byExpiry, measured, parts, advised } = said;
  return {
    currency: currency.code,
    perDay: inCurrency(rate, currency),
    byExpiry: inCurrency(byExpiry, currency),
    spent: inCurrency(accumulated(pieces, uses, table), currency),
    measured,
    parts: parts.map(({ name, perDay: amount }) => ({ name, perDay: amount && inCurrency(amount, currency) })),
    sources: [...new Set(Object.values(table).map(({ source, asOf }) => (asOf ? `${source}, ${asOf}` : source)))],
    advice: advised?.advice ? { settings: advised.settings, enough: advised.advice } : null,
    idleSince: idleSince(uses),
    nearlyIdleSince: nearlyIdleSince(uses),
  };
}
