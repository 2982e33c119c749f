import { describe, expect, it } from '@jest/globals';
import { judgeMemory } from '../../../sim/load/memory.ts';

const MB = 1024 * 1024;
const still = {
  liveBefore: 50 * MB,
  liveAfter: 50 * MB,
  resident: [120, 140, 150, 160, 155, 150, 155, 160].map((size) => size * MB),
};

describe('memory', () => {
  it('is flat while it only breathes', () => {
    expect(judgeMemory({ ...still, deliveries: 12_000 })).toEqual({
      flat: true,
      liveBefore: 50,
      liveAfter: 50,
      residentByQuarter: [140, 160, 155, 160],
      residentMost: 160,
    });
  });

  it.each([
    ['a tenth of each payload was kept', { liveAfter: 50 * MB + 12_000 * 1500 }],
    ['what is resident grows to the end', { resident: [150, 150, 160, 190].map((size) => size * MB) }],
  ])('is not flat when %s', (_, change) => {
    expect(judgeMemory({ ...still, ...change, deliveries: 12_000 }).flat).toBe(false);
  });

  it('may grow by what a few environments take, however few deliveries there were', () => {
    expect(judgeMemory({ ...still, liveAfter: 56 * MB, deliveries: 10 }).flat).toBe(true);
  });
});
