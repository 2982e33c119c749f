import { describe, expect, it } from '@jest/globals';
import { chanceOfSame, isByChance } from '../../../src/data/verify/chance.ts';

describe('whether values are as before by chance', () => {
  it.each([
    { same: 0, looked: 100, chance: 0.01, is: true, reason: 'none is' },
    { same: 1, looked: 100, chance: 0.01, is: true, reason: 'one of a hundred is what a list of a hundred gives' },
    { same: 5, looked: 100, chance: 0.01, is: true, reason: 'five may be' },
    { same: 20, looked: 100, chance: 0.01, is: false, reason: 'twenty are not' },
    { same: 100, looked: 100, chance: 0.01, is: false, reason: 'nothing was masked' },
    { same: 1, looked: 1, chance: 0.01, is: true, reason: 'one row says little' },
    { same: 4, looked: 4, chance: 0.01, is: false, reason: 'four of four say enough' },
    { same: 1, looked: 1, chance: 1e-6, is: false, reason: 'a text that came back is that text' },
    { same: 1, looked: 1000, chance: 1e-12, is: false, reason: 'one address that no fake can be is enough' },
    { same: 4, looked: 5, chance: 1, is: true, reason: 'a case that keeps may keep nearly all' },
    { same: 5, looked: 5, chance: 1, is: false, reason: 'a case that masks has met nothing' },
    { same: 4, looked: 4, chance: 1, is: true, reason: 'of four values a case may meet none' },
  ])('$reason', ({ same, looked, chance, is }) => {
    expect(isByChance({ same, looked, chance })).toBe(is);
  });

  it('is not asked of masks that may leave a value as it is', () => {
    expect(chanceOfSame({ kind: 'keep', reason: 'a code' })).toBeUndefined();
    expect(chanceOfSame({ kind: 'shuffle' })).toBeUndefined();
    expect(
      chanceOfSame({
        kind: 'cases',
        cases: [{ when: 'a = 1', mask: { kind: 'keep', reason: 'a code' } }],
        otherwise: { kind: 'shuffle' },
      }),
    ).toBeUndefined();
  });

  it('is that of the mask that leaves most, where cases have several', () => {
    const cases = [{ when: 'a = 1', mask: { kind: 'date-shift', maxDays: 2 } as const }];
    expect(chanceOfSame({ kind: 'cases', cases, otherwise: { kind: 'text' } })).toBe(0.2);
    expect(chanceOfSame({ kind: 'cases', cases, otherwise: { kind: 'keep', reason: 'a code' } })).toBe(1);
  });
});
