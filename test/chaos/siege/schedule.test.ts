import { describe, expect, it } from '@jest/globals';
import { drawSiege, type Happening, MORTALS } from '../../../sim/chaos/siege/schedule.ts';

const SECONDS = 120;
const many = Array.from({ length: 20 }, (_, seed) => drawSiege({ seed, seconds: SECONDS }));

function deathsOf(happenings: readonly Happening[], mortal: string) {
  return happenings.flatMap((one) => (one.kind === 'death' && one.of === mortal ? [one] : []));
}

function stepsOf(happenings: readonly Happening[]) {
  return happenings.flatMap((one) => (one.kind === 'step' ? [one.step] : []));
}

describe('drawing sieges', () => {
  it('draws the same from the same seed, and others from others', () => {
    expect(drawSiege({ seed: 7, seconds: SECONDS })).toEqual(drawSiege({ seed: 7, seconds: SECONDS }));
    expect(new Set(many.map((happenings) => JSON.stringify(happenings))).size).toBe(many.length);
  });

  it('has everything happen in order, and nothing after the last second', () => {
    for (const happenings of many) {
      const times = happenings.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(times.every((at) => at >= 0 && at < SECONDS)).toBe(true);
    }
  });

  it.each(MORTALS)('kills the %s again and again, and never while it is dead', (mortal) => {
    for (const happenings of many) {
      const deaths = deathsOf(happenings, mortal);
      expect(deaths.length).toBeGreaterThanOrEqual(8);
      const twice = deaths.filter(({ at }, index) => {
        const before = deaths[index - 1];
        return before !== undefined && at <= before.at + before.deadSeconds;
      });
      expect(twice).toEqual([]);
    }
  });

  it('has both servers dead at once, and one of them alone as well', () => {
    const together = many.flatMap((happenings) => {
      const others = deathsOf(happenings, 'server 2');
      return deathsOf(happenings, 'server 1').map(({ at, deadSeconds }) =>
        others.some((other) => other.at < at + deadSeconds && at < other.at + other.deadSeconds),
      );
    });
    expect(new Set(together)).toEqual(new Set([true, false]));
  });

  it('opens each pull request before anything happens to it, and another one for each that is merged', () => {
    for (const happenings of many) {
      const steps = stepsOf(happenings);
      const opened = steps.flatMap((step, index) => (step.do === 'open' ? [[step.pull, index] as const] : []));
      const openedAt = new Map(opened);
      const early = steps.filter(({ pull }, index) => index < (openedAt.get(pull) ?? Infinity));
      expect(early).toEqual([]);
      expect(opened).toHaveLength(12 + steps.filter(({ do: what }) => what === 'merge').length);
    }
  });

  it('has people do everything that they do', () => {
    const kinds = new Set(many.flatMap((happenings) => stepsOf(happenings).map(({ do: what }) => what)));
    expect([...kinds].toSorted()).toEqual(['close', 'label', 'merge', 'open', 'push', 'reopen', 'say', 'unlabel']);
  });

  it('lays a short one with all pull requests in it', () => {
    expect(
      stepsOf(drawSiege({ seed: 1, seconds: 5 })).filter(({ do: what }) => what === 'open').length,
    ).toBeGreaterThanOrEqual(12);
  });
});
