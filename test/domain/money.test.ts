import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatMoney, formatRange, inCurrency, proportion, spentIn, steady } from '../../src/domain/money.ts';

const DAY_MS = 86_400_000;
const exactly = (amount: number) => ({ low: amount, high: amount });

describe('a sum of money', () => {
  it.each([
    [3_100_000, 'GBP', '£3.10'],
    [3_149_000, 'GBP', '£3.10'],
    [22_400_000, 'GBP', '£22'],
    [9_960_000, 'GBP', '£10'],
    [314_000_000, 'EUR', '€310'],
    [1_240_000_000, 'USD', '$1200'],
    [37_000, 'USD', '$0.04'],
    [1, 'USD', 'less than $0.01'],
    [0, 'USD', '$0.00'],
    [3_100_000, 'CHF', 'CHF 3.10'],
  ])('of %d millionths of %s reads %s', (amount, code, text) => {
    expect(formatMoney(amount, code)).toBe(text);
  });

  it('reads as a range only where its ends read differently', () => {
    expect(formatRange(exactly(3_100_000), 'GBP')).toBe('about £3.10');
    expect(formatRange({ low: 3_090_000, high: 3_110_000 }, 'GBP')).toBe('about £3.10');
    expect(formatRange({ low: 2_200_000, high: 6_100_000 }, 'GBP')).toBe('about £2.20 to £6.10');
    expect(formatRange({ low: 0, high: 6_100_000 }, 'GBP')).toBe('up to about £6.10');
    expect(formatRange(exactly(1), 'GBP')).toBe('less than £0.01');
  });

  it('is exact beyond what a number holds', () => {
    expect(spentIn(9_000_000_000_001, DAY_MS)).toBe(9_000_000_000_001);
    expect(proportion(-3, 1, 2)).toBe(-2);
    expect(inCurrency({ low: 1_000_000, high: 3_000_000 }, { code: 'GBP', perUsd: 790_000 })).toEqual({
      low: 790_000,
      high: 2_370_000,
    });
  });

  it('is said again as it was until it has moved by more than a tenth', () => {
    const said = exactly(1_000_000);

    expect(steady(said, exactly(1_100_000))).toBe(said);
    expect(steady(said, exactly(900_000))).toBe(said);
    expect(steady(said, exactly(1_100_001))).toEqual(exactly(1_100_001));
    expect(steady(said, { low: 1_000_000, high: 2_000_000 }).high).toBe(2_000_000);
    expect(steady(exactly(0), exactly(1))).toEqual(exactly(1));
    expect(steady(null, said)).toBe(said);
  });

  it('never swings between two texts, whatever moves by less than a tenth', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 1_000_000_000 }),
        fc.array(fc.double({ min: 0.91, max: 1.09, noNaN: true })),
        (first, moves) => {
          let said = exactly(first);
          const texts = new Set(
            moves.map((move) => {
              said = steady(said, exactly(Math.round(first * move)));
              return formatRange(said, 'GBP');
            }),
          );
          expect(texts.size).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
