import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CostMemory } from '../../src/reconcile/cost/cost-memory.ts';
import { createCostMemory } from '../../src/store/costs.ts';
import { IN_MEMORY } from '../../src/store/engine.ts';
import { type Database, openDatabase } from '../../src/store/open.ts';
import { OPENING_MS } from '../support/database.ts';

const START = new Date('2026-11-20T09:00:00Z');
const hours = (count: number) => new Date(START.getTime() + count * 3_600_000);
const piece = { since: START, until: hours(2), fixed: 2_400_000, acuLow: 1, acuHigh: 2 };
const range = { low: 9_000_000_000_000_001, high: 9_000_000_000_000_003 };
const said = { perDay: range, byExpiry: range, measured: true, parts: [{ name: 'secrets' as const, perDay: null }] };
const sample = (hour: number, acuMilli: number) => ({
  since: hours(hour),
  until: hours(hour + 1),
  acuMilli,
  acuPeakMilli: acuMilli * 2,
  connections: null,
  volumeBytes: 70_000_000_000_000,
});

let database: Database;
let memory: CostMemory;

beforeAll(async () => {
  database = await openDatabase({ dataDir: IN_MEMORY });
  memory = createCostMemory(database);
}, OPENING_MS);
afterAll(async () => await database.close());

it('keeps what one life has cost, and replaces it with the next look', async () => {
  expect(await memory.cost('acme/shop#1', 1)).toBeUndefined();
  await memory.saveCost('acme/shop#1', 1, { pieces: [], said, at: START });
  expect(await memory.cost('acme/shop#1', 1)).toEqual({ pieces: [], said });
  await memory.saveCost('acme/shop#1', 1, { pieces: [piece], said, at: hours(2) });

  expect(await memory.cost('acme/shop#1', 1)).toEqual({ pieces: [piece], said });
  expect(await memory.cost('acme/shop#1', 2)).toBeUndefined();
});

it('keeps one sample of an hour, in their order', async () => {
  await memory.saveUses('acme/shop#2', 1, [sample(1, 500), sample(0, 700)]);
  await memory.saveUses('acme/shop#2', 1, [sample(1, 900)]);

  expect(await memory.uses('acme/shop#2', 1)).toEqual([sample(0, 700), sample(1, 900)]);
  expect(await memory.uses('acme/shop#2', 2)).toEqual([]);
});

it('forgets what nobody has looked at for long', async () => {
  await memory.saveCost('acme/shop#3', 1, { pieces: [piece], said, at: hours(2) });
  await memory.saveCost('acme/shop#3', 2, { pieces: [piece], said, at: hours(50) });
  await memory.saveUses('acme/shop#3', 2, [sample(0, 500), sample(49, 500)]);
  await memory.forgetBefore(hours(48));

  expect(await memory.cost('acme/shop#3', 1)).toBeUndefined();
  expect(await memory.cost('acme/shop#3', 2)).toEqual({ pieces: [piece], said });
  expect(await memory.uses('acme/shop#3', 2)).toEqual([sample(49, 500)]);
});

it('gives one round to one of those who ask', async () => {
  const claims = await Promise.all([1, 2, 3].map(async () => await memory.claimUseRound(START, 900)));

  expect(claims.filter((claimed) => claimed)).toHaveLength(1);
  expect(await memory.claimUseRound(new Date(START.getTime() + 899_000), 900)).toBe(false);
  expect(await memory.claimUseRound(new Date(START.getTime() + 900_000), 900)).toBe(true);
});
