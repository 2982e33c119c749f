import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  accumulated,
  type CostPiece,
  costParts,
  MOST_PIECES,
  perDay,
  projected,
  type Quantities,
  ratesOf,
  recentUse,
  withLook,
} from '../../src/domain/cost.ts';
import { type PriceTable, pricingOf } from '../../src/domain/prices.ts';

const START = new Date('2026-11-20T09:00:00Z');
const HOUR_MS = 3_600_000;
const hours = (count: number) => new Date(START.getTime() + count * HOUR_MS);
const PRICE_TABLE: PriceTable =
  pricingOf('nowhere-1', {
    figures: {
      asOf: '2026-11-01',
      source: 'made up',
      usd: {
        fargateX86VcpuHour: 0.04,
        fargateX86GbHour: 0.004,
        fargateArmVcpuHour: 0.03,
        fargateArmGbHour: 0.003,
        acuHour: 0.1,
        loadBalancerHour: 0.025,
        secretMonth: 0.73,
        storageGbMonth: 0.073,
      },
    },
  })?.table ?? {};
const NOT_MEASURED = { ruleLimit: 100, acuMilli: null, volumeBytes: null };
const QUANTITIES: Quantities = {
  tasks: [
    { cpu: 256, memory: 512, architecture: 'X86_64', count: 2 },
    { cpu: 1024, memory: 2048, architecture: 'ARM64', count: 1 },
  ],
  acu: { min: 0.5, max: 2 },
  rules: 4,
  secrets: 2,
};

describe('what an environment costs a day', () => {
  it('is made of its tasks, its clone between its settings, its share of the load balancer, and its secrets', () => {
    expect(costParts(QUANTITIES, PRICE_TABLE, NOT_MEASURED)).toEqual([
      // 2 x (1/4 of 0.96 + 1/2 of 0.096), and 0.72 + 2 of 0.072
      { name: 'services', perDay: { low: 1_440_000, high: 1_440_000 } },
      { name: 'database', perDay: { low: 1_200_000, high: 4_800_000 } },
      { name: 'load-balancer', perDay: { low: 24_000, high: 24_000 } },
      { name: 'secrets', perDay: { low: 48_000, high: 48_000 } },
    ]);
  });

  it('is exact of the clone once its use is measured', () => {
    const parts = costParts(QUANTITIES, PRICE_TABLE, { ruleLimit: 100, acuMilli: 750, volumeBytes: 10 * 1024 ** 3 });

    expect(parts.find(({ name }) => name === 'database')?.perDay).toEqual({ low: 1_800_000, high: 1_800_000 });
    expect(parts.find(({ name }) => name === 'storage')?.perDay).toEqual({ low: 24_000, high: 24_000 });
    expect(perDay(parts).low).toBe(perDay(parts).high);
  });

  it('says of what it knows no price that it is not counted', () => {
    const { acuHour } = PRICE_TABLE;
    const parts = costParts(QUANTITIES, acuHour ? { acuHour } : {}, NOT_MEASURED);

    expect(parts.filter((part) => part.perDay === null).map(({ name }) => name)).toEqual([
      'services',
      'load-balancer',
      'secrets',
    ]);
    expect(perDay(parts)).toEqual({ low: 1_200_000, high: 4_800_000 });
  });

  it('is nothing where there is nothing', () => {
    expect(costParts({ tasks: [], acu: null, rules: 0, secrets: 0 }, PRICE_TABLE, NOT_MEASURED)).toEqual([]);
  });
});

describe('what an environment has cost', () => {
  const RATES = { fixed: 2_400_000, acuLow: 1_200_000, acuHigh: 4_800_000 };
  const lookedAt = (looks: readonly number[]): CostPiece[] =>
    looks.reduce<CostPiece[]>((pieces, hour) => withLook(pieces, RATES, hours(hour)), []);

  it('is what was there between one look and the next', () => {
    const none = { fixed: 0, acuLow: 0, acuHigh: 0 };
    const pieces = withLook(withLook(withLook([], RATES, hours(0)), none, hours(10)), none, hours(1000));

    expect(accumulated(pieces, [], PRICE_TABLE)).toEqual({ low: 1_500_000, high: 3_000_000 });
  });

  it('is the same however often it was looked at', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 48, noNaN: true })), (looks) => {
        const often = lookedAt([0, ...looks.toSorted((a, b) => a - b), 48]);
        expect(accumulated(often, [], PRICE_TABLE)).toEqual(accumulated(lookedAt([0, 48]), [], PRICE_TABLE));
      }),
    );
  });

  it('gains nothing by a look that is repeated or comes late', () => {
    expect(withLook(lookedAt([0, 5]), RATES, hours(3))).toEqual(lookedAt([0, 5]));
  });

  it('is exact for the hours in which the use of the clone was measured', () => {
    const uses = [{ since: hours(-1), until: hours(12), acuMilli: 1000 }];

    // A day of what is fixed, half a day of one unit, and half a day between the settings.
    expect(accumulated(lookedAt([0, 24]), uses, PRICE_TABLE)).toEqual({ low: 4_200_000, high: 6_000_000 });
  });

  it('keeps its sum when there are so many pieces that old ones are told apart no longer', () => {
    const swing = Array.from({ length: 1000 }, (_, index) => ({ ...RATES, fixed: 1_000_000 + index * 24 }));
    const pieces = swing.reduce<CostPiece[]>((before, rates, hour) => withLook(before, rates, hours(hour)), []);
    const sum = swing.slice(0, -1).reduce((all, { fixed }) => all + fixed / 24, 0);

    expect(pieces.length).toBeLessThanOrEqual(MOST_PIECES);
    expect(accumulated(pieces, [], PRICE_TABLE).low - 999 * 50_000).toBeCloseTo(sum, -3);
  });

  it('goes on at its rate until it expires', () => {
    const spent = { low: 1_000_000, high: 2_000_000 };
    const rate = ratesOf(costParts(QUANTITIES, PRICE_TABLE, NOT_MEASURED));

    expect(rate).toEqual({ fixed: 1_512_000, acuLow: 1_200_000, acuHigh: 4_800_000 });
    const times = { now: hours(0), until: hours(12) };
    expect(projected(spent, { low: 2_000_000, high: 4_000_000 }, times)).toEqual({ low: 2_000_000, high: 4_000_000 });
    expect(projected(spent, { low: 2_000_000, high: 4_000_000 }, { now: hours(12), until: hours(0) })).toEqual(spent);
  });
});

describe('the recent use of a clone', () => {
  const hourly = (count: number, acuMilli: number) =>
    Array.from({ length: count }, (_, index) => ({ since: hours(index), until: hours(index + 1), acuMilli }));

  it('is not known from a few hours', () => {
    expect(recentUse(hourly(5, 500), hours(5))).toBeNull();
  });

  it('is the mean of the last day and no longer', () => {
    expect(recentUse([...hourly(24, 500), { since: hours(24), until: hours(48), acuMilli: 2000 }], hours(48))).toBe(
      2000,
    );
    expect(recentUse(hourly(8, 500), hours(8))).toBe(500);
  });
});
