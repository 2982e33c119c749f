import { describe, expect, it } from '@jest/globals';
import { backoffSeconds, nextLookSeconds } from '../../src/reconcile/pacing.ts';

describe('the next look', () => {
  it.each([
    { elapsedSeconds: 0, hintSeconds: 3, seconds: 1, reason: 'what ends in seconds is noticed within one' },
    { elapsedSeconds: 0, hintSeconds: 15, seconds: 2, reason: 'what takes minutes is not asked for every second' },
    { elapsedSeconds: 300, hintSeconds: 15, seconds: 6, reason: 'looks grow apart in proportion to the wait' },
    { elapsedSeconds: 100_000, hintSeconds: 15, seconds: 30, reason: 'but never further than twice the hint' },
    { elapsedSeconds: 0, hintSeconds: 60, seconds: 60, reason: 'a patient hint is taken as it is' },
  ])('comes after $seconds s: $reason', ({ elapsedSeconds, hintSeconds, seconds }) => {
    expect(nextLookSeconds({ elapsedSeconds, hintSeconds })).toBeCloseTo(seconds);
  });

  it('loses at most a fiftieth of any wait of more than two minutes', () => {
    for (let elapsedSeconds = 120; elapsedSeconds < 3600; elapsedSeconds += 60) {
      expect(nextLookSeconds({ elapsedSeconds, hintSeconds: 40 })).toBeLessThanOrEqual(elapsedSeconds / 50 + 0.001);
    }
  });
});

describe('the pause after failures', () => {
  it('doubles up to a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 20].map((failures) => backoffSeconds(failures))).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('is never shorter than what the service asked for', () => {
    expect(backoffSeconds(1, 90)).toBe(90);
  });
});
