import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  adviceReason,
  automaticMax,
  capacityAdvice,
  type HourOfUse,
  idleSince,
  mayPause,
  nearlyIdleSince,
} from '../../src/domain/capacity-advice.ts';

const START = new Date('2026-11-20T09:00:00Z');
const hours = (count: number) => new Date(START.getTime() + count * 3_600_000);
const hour = (index: number, more: Partial<HourOfUse> = {}): HourOfUse => ({
  since: hours(index),
  until: hours(index + 1),
  acuMilli: 500,
  acuPeakMilli: 1000,
  connections: 4,
  ...more,
});
const day = (more: (index: number) => Partial<HourOfUse> = () => ({}), count = 24): HourOfUse[] =>
  Array.from({ length: count }, (_, index) => hour(index, more(index)));
const NOW = { min: 0.5, max: 4 };

describe('the reason of advice', () => {
  it.each([
    ['more at most', { min: 0.5, max: 5 }, 'It came up against its most in the 30 hours that were measured'],
    ['less at most', { min: 0.5, max: 2 }, 'Less would have been enough in the 30 hours that were measured'],
    ['less at least', { min: 0, max: 4 }, 'Less would have been enough in the 30 hours that were measured'],
    ['more at least', { min: 1, max: 4 }, 'It was hardly ever down at its least in the 30 hours that were measured'],
  ])('says why it is %s', (_, enough, reason) => {
    expect(adviceReason(NOW, { ...enough, hours: 30 })).toBe(reason);
  });
});

describe('capacity that would have been enough', () => {
  it('is not known from less than a day', () => {
    expect(
      capacityAdvice(
        day(() => ({}), 23),
        NOW,
        { mayPause: true },
      ),
    ).toBeUndefined();
  });

  it('is a fifth above what all hours but the busiest few wanted, in halves', () => {
    const uses = day((index) => ({ acuPeakMilli: index === 5 ? 4000 : 1300 }));

    expect(capacityAdvice(uses, { min: 0.5, max: 8 }, { mayPause: true })).toEqual({ min: 0.5, max: 2, hours: 24 });
  });

  it('is more where the use came up against the most it was given', () => {
    expect(
      capacityAdvice(
        day(() => ({ acuPeakMilli: 4000 })),
        NOW,
        { mayPause: true },
      )?.max,
    ).toBe(5);
    expect(
      capacityAdvice(
        day(() => ({ acuPeakMilli: 1000 })),
        { min: 0.5, max: 1 },
        { mayPause: true },
      )?.max,
    ).toBe(1.5);
  });

  it('pauses where nobody was connected for an hour and the engine can', () => {
    const uses = day((index) => ({ connections: index > 12 ? 0 : 3 }));

    expect(capacityAdvice(uses, NOW, { mayPause: true })?.min).toBe(0);
    expect(capacityAdvice(uses, NOW, { mayPause: false })?.min).toBe(0.5);
    expect(
      capacityAdvice(
        day(() => ({ connections: null })),
        NOW,
        { mayPause: true },
      )?.min,
    ).toBe(0.5);
  });

  it('is nothing to speak of where it is what is set', () => {
    expect(capacityAdvice(day(), { min: 0.5, max: 1.5 }, { mayPause: true })).toBeUndefined();
  });

  it('is always settings that AWS takes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300_000 }), { minLength: 24, maxLength: 60 }), (peaks) => {
        const uses = peaks.map((peak, index) => hour(index, { acuPeakMilli: peak, acuMilli: Math.floor(peak / 2) }));
        const { min, max } = capacityAdvice(uses, { min: 0, max: 256 }, { mayPause: false }) ?? { min: 0, max: 1 };
        expect((min * 2) % 1).toBe(0);
        expect((max * 2) % 1).toBe(0);
        expect(min).toBeLessThanOrEqual(max);
        expect(max).toBeGreaterThanOrEqual(1);
        expect(max).toBeLessThanOrEqual(256);
      }),
    );
  });
});

describe('a clone that nobody is connected to', () => {
  it('is idle since the hour in which the last one had gone, once three hours have passed', () => {
    expect(idleSince(day((index) => ({ connections: index >= 21 ? 0 : 2 })))).toEqual(hours(21));
    expect(idleSince(day((index) => ({ connections: index >= 22 ? 0 : 2 })))).toBeNull();
    expect(idleSince(day(() => ({ connections: 0 })))).toEqual(hours(0));
    expect(idleSince([])).toBeNull();
  });

  it('is not known to be idle where nothing was measured', () => {
    expect(idleSince(day(() => ({ connections: null })))).toBeNull();
  });
});

describe('a clone whose connections ask for next to nothing', () => {
  const pool = { connections: 10 };

  it('is nearly idle since it stayed at the least that a clone which is awake has, for three hours or more', () => {
    expect(nearlyIdleSince(day((index) => ({ ...pool, acuPeakMilli: index >= 21 ? 500 : 1500 })))).toEqual(hours(21));
    expect(nearlyIdleSince(day((index) => ({ ...pool, acuPeakMilli: index >= 22 ? 500 : 1500 })))).toBeNull();
    expect(nearlyIdleSince(day((index) => ({ ...pool, acuPeakMilli: index % 3 === 0 ? 1000 : 500 })))).toBeNull();
    expect(nearlyIdleSince([])).toBeNull();
  });

  it('was so in the hours as well in which it paused', () => {
    expect(nearlyIdleSince(day((index) => ({ ...pool, acuPeakMilli: index < 12 ? 0 : 500 })))).toEqual(hours(0));
  });

  it('is not known to be so where its minimum is more: that hides what it is asked for', () => {
    expect(nearlyIdleSince(day(() => ({ ...pool, acuPeakMilli: 2000 })))).toBeNull();
  });
});

it.each([
  ['8.0.mysql_aurora.3.08.0', true],
  ['8.0.mysql_aurora.3.10.1', true],
  ['8.4.mysql_aurora.4.01.0', true],
  ['8.0.mysql_aurora.3.07.1', false],
  ['5.7.mysql_aurora.2.12.0', false],
  ['', false],
])('a minimum of 0 is taken by %s: %s', (version, taken) => {
  expect(mayPause(version)).toBe(taken);
});

describe('the automatic maximum', () => {
  const bounds = { now: hours(48), least: 1, most: 16 };

  it('stays for hours, and for a day while too little is known', () => {
    const fresh = { max: 8, changedAt: hours(43) };

    expect(automaticMax(day(), fresh, bounds)).toBe(fresh);
    expect(
      automaticMax(
        day(() => ({}), 23),
        { max: 8, changedAt: START },
        bounds,
      ).max,
    ).toBe(8);
  });

  it('goes down to what is enough, and by no single step', () => {
    expect(automaticMax(day(), { max: 8, changedAt: START }, bounds)).toEqual({ max: 1.5, changedAt: hours(48) });
    expect(automaticMax(day(), { max: 2, changedAt: START }, bounds).max).toBe(2);
  });

  it('is never less than the most that was used in the last day, nor out of its bounds', () => {
    const once = day((index) => ({ acuPeakMilli: index === 20 ? 6200 : 1000 }));

    expect(automaticMax(once, { max: 8, changedAt: START }, bounds).max).toBe(6.5);
    expect(automaticMax(day(), { max: 8, changedAt: START }, { ...bounds, least: 4 }).max).toBe(4);
    expect(
      automaticMax(
        day(() => ({ acuPeakMilli: 16_000 })),
        { max: 16, changedAt: START },
        bounds,
      ).max,
    ).toBe(16);
  });

  it('does not swing while the use is the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 16_000 }), (peak) => {
        let before = { max: 16, changedAt: START };
        const seen: number[] = [];
        for (let step = 0; step < 12; step += 1) {
          const now = hours(48 + step * 7);
          const capped = Math.min(peak, before.max * 1000);
          before = automaticMax(
            day(() => ({ acuPeakMilli: capped })),
            before,
            { ...bounds, now },
          );
          seen.push(before.max);
        }
        expect(new Set(seen.slice(1)).size).toBe(1);
      }),
    );
  });
});
