import { describe, expect, it } from '@jest/globals';
import { parsePlatform } from '../../src/config/platform.ts';
import { platformText, testPlatform } from '../support/platform.ts';

const FIGURES = { asOf: '2026-11-01', source: 'our contract', usd: { acuHour: 0.13 } };
const CURRENCY = { code: 'GBP', perUsd: 0.79, asOf: '2026-11-01' };

describe('the prices of a platform document', () => {
  it('may be left out, and hold figures, a currency, or both', () => {
    expect(testPlatform().prices).toBeUndefined();
    for (const prices of [{ figures: FIGURES }, { currency: CURRENCY }, { figures: FIGURES, currency: CURRENCY }]) {
      expect(testPlatform({ prices }).prices).toEqual(prices);
    }
  });

  it.each([
    [{ figures: { ...FIGURES, asOf: 'yesterday' } }, /prices\.figures\.asOf/],
    [{ figures: { ...FIGURES, source: '' } }, /prices\.figures\.source/],
    [{ figures: { ...FIGURES, usd: { acuHour: -1 } } }, /prices\.figures\.usd\.acuHour/],
    [{ figures: { ...FIGURES, usd: { acuDay: 1 } } }, /prices\.figures\.usd\.acuDay/],
    [{ currency: { ...CURRENCY, code: 'pounds' } }, /must be the code of a currency, such as GBP/],
    [{ currency: { ...CURRENCY, perUsd: 0 } }, /prices\.currency\.perUsd/],
  ])('are refused with what is wrong with them: %j', (prices, problem) => {
    expect(() => parsePlatform(platformText({ prices }))).toThrow(problem);
  });
});
