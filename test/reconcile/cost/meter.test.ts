import { describe, expect, it } from '@jest/globals';
import { formatRange } from '../../../src/domain/money.ts';
import { pricingOf } from '../../../src/domain/prices.ts';
import { createMeter } from '../../../src/reconcile/cost/meter.ts';
import type { ResourceRecord } from '../../../src/reconcile/store.ts';
import { environmentRecord, resourceRecord } from '../../support/environment-record.ts';
import { createMemoryCosts } from '../../support/memory-costs.ts';

const START = new Date('2026-11-20T09:00:00Z');
const HOUR_MS = 3_600_000;
const hours = (count: number) => new Date(START.getTime() + count * HOUR_MS);
const USD_PRICES = { acuHour: 0.1, fargateArmVcpuHour: 0.1, fargateArmGbHour: 0 };
const RECORD = environmentRecord(7, { intent: { expiresAt: hours(72) } });

const there = (key: string, more: Partial<ResourceRecord>) =>
  resourceRecord(key, { state: 'ready', readyAt: START, ...more });
const content = { cpu: 1024, memory: 2048, architecture: 'ARM64' };
const ROWS = [
  there('clone-cluster', { kind: 'clone-cluster', spec: { capacity: { min: 0.5, max: 2 } } }),
  there('clone-instance', { kind: 'clone-instance', spec: {} }),
  there('task-definition/api', { kind: 'task-definition', spec: { content } }),
  there('service/api', { kind: 'service', spec: { desiredCount: 1 } }),
];

function stage() {
  const memory = createMemoryCosts();
  const pricing = pricingOf('nowhere-1', { figures: { asOf: '2026-11-01', source: 'made up', usd: USD_PRICES } });
  let now = START;
  const meter = createMeter({
    memory,
    clock: { now: () => now, wallMilliseconds: (seconds) => seconds * 1000 },
    pricing: pricing ?? { table: {}, currency: { code: 'USD', perUsd: 1_000_000 } },
    ruleLimit: 100,
  });
  const look = async (
    hour: number,
    rows: readonly ResourceRecord[] = ROWS,
    bounds?: Parameters<typeof meter.look>[2],
  ) => {
    now = hours(hour);
    return await meter.look(RECORD, rows, bounds);
  };
  const measure = async (from: number, to: number, acuMilli: number) => {
    const samples = Array.from({ length: to - from }, (_, index) => ({
      since: hours(from + index),
      until: hours(from + index + 1),
      acuMilli,
      acuPeakMilli: acuMilli,
      connections: 3,
      volumeBytes: null,
    }));
    await memory.saveUses(RECORD.identity.id, RECORD.life, samples);
  };
  return { memory, meter, look, measure };
}

const USD = (amount: number) => amount * 1_000_000;

describe('the meter', () => {
  it('adds up what there is between looks, and says what it comes to by the expiry', async () => {
    const { look } = stage();
    await look(0);
    const cost = await look(12);

    expect(cost.perDay).toEqual({ low: USD(3.6), high: USD(7.2) });
    expect(cost.spent).toEqual({ low: USD(1.8), high: USD(3.6) });
    expect(cost.byExpiry).toEqual({ low: USD(10.8), high: USD(21.6) });
    expect(cost.measured).toBe(false);
    expect(cost.sources).toEqual(['made up, 2026-11-01']);
  });

  it('counts nothing that is gone or was never ready', async () => {
    const { look } = stage();
    await look(0);
    const gone = ROWS.map((row) => ({ ...row, state: 'gone' as const, goneAt: hours(24) }));
    await look(24, gone);
    const cost = await look(2000, [...gone, resourceRecord('service/api', { kind: 'service' })]);

    expect(cost.spent).toEqual({ low: USD(3.6), high: USD(7.2) });
    expect(cost.perDay).toEqual({ low: 0, high: 0 });
  });

  it('puts the clone down at what it used once that is measured, and what is past as well', async () => {
    const { look, measure } = stage();
    await look(0);
    await measure(0, 24, 1000);
    const cost = await look(24);

    expect(cost.measured).toBe(true);
    expect(cost.perDay).toEqual({ low: USD(4.8), high: USD(4.8) });
    expect(cost.spent).toEqual({ low: USD(4.8), high: USD(4.8) });
    expect(formatRange(cost.byExpiry, cost.currency)).toBe('about $14');
  });

  it('says the same for as long as it moves by less than a tenth', async () => {
    const { look, measure } = stage();
    await measure(0, 24, 1000);
    await look(0);
    const first = await look(24);
    await measure(24, 48, 1100);
    const second = await look(48);

    expect(second.perDay).toEqual(first.perDay);
    expect(second.parts).toEqual(first.parts);
    expect(second.byExpiry).toEqual(first.byExpiry);
    expect(second.spent).not.toEqual(first.spent);
  });

  it('says after a day what would have been enough, and no word more often than that', async () => {
    const { look, measure } = stage();
    await measure(0, 23, 500);
    expect((await look(23)).advice).toBeNull();
    await measure(23, 24, 500);
    const enough = { min: 0.5, max: 1, hours: 24 };
    expect((await look(24)).advice).toEqual({ settings: { min: 0.5, max: 2 }, enough });
    await measure(24, 30, 1900);
    expect((await look(30)).advice?.enough).toEqual(enough);
    expect((await look(49)).advice?.enough.max).toBe(2.5);
  });

  it('moves an automatic maximum, and keeps it while the blueprint cannot be read', async () => {
    const { look, meter, measure } = stage();
    const bounds = { least: 1, most: 16, start: 2 };
    await look(0, ROWS, bounds);
    expect(await meter.automaticMax(RECORD)).toBe(2);
    await measure(0, 24, 2000);
    const cost = await look(24, ROWS, bounds);
    expect(cost.advice).toBeNull();
    expect(await meter.automaticMax(RECORD)).toBe(2.5);
    await look(25);
    expect(await meter.automaticMax(RECORD)).toBe(2.5);
    await look(26, ROWS, null);
    expect(await meter.automaticMax(RECORD)).toBeUndefined();
  });

  it('writes nothing when it looks twice at one instant, and can be asked what it found', async () => {
    const { look, meter, memory } = stage();
    expect(await meter.last(RECORD)).toBeUndefined();
    await look(0);
    const found = await look(12);
    const { saves } = memory;
    await look(12);

    expect(memory.saves).toBe(saves);
    expect(await meter.last(RECORD)).toEqual(found);
    const longer = { ...RECORD, intent: { ...RECORD.intent, expiresAt: hours(96) } };
    expect((await meter.last(longer))?.byExpiry).toEqual({ low: USD(14.4), high: USD(28.8) });
    expect(await meter.last({ ...RECORD, life: 2 })).toBeUndefined();
  });
});
