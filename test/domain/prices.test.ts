import { describe, expect, it } from '@jest/globals';
import { PRICE_ITEMS, PRICES, pricingOf } from '../../src/domain/prices.ts';

const FIGURES = { asOf: '2026-11-01', source: 'our invoice', usd: { acuHour: 0.126, secretMonth: 0.4 } };

describe('prices', () => {
  it('are known of some regions, each figure whole, with its source, and its day where one is known', () => {
    expect(Object.keys(PRICES)).toEqual(['eu-west-1', 'eu-west-2']);
    for (const table of Object.values(PRICES)) {
      for (const [item, { usd, asOf, source }] of Object.entries(table)) {
        expect(PRICE_ITEMS).toContain(item);
        expect(Number.isInteger(usd) && usd > 0).toBe(true);
        expect(asOf ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d$/);
        expect(source).not.toBe('');
      }
    }
  });

  it('are not made up where nothing is known', () => {
    expect(pricingOf('eu-central-1')).toBeUndefined();
    expect(pricingOf('eu-central-1', { currency: { code: 'EUR', perUsd: 0.9, asOf: '2026-11-01' } })).toBeUndefined();
  });

  it('have storage where somebody quoted it, and nowhere else', () => {
    const priced = Object.entries(PRICES).filter(([, table]) => table.storageGbMonth);

    expect(priced.map(([region, { storageGbMonth }]) => [region, storageGbMonth?.usd, storageGbMonth?.asOf])).toEqual([
      ['eu-west-2', 100_000, '2026-10-06'],
    ]);
  });

  it("are the platform's own alone where it brings some", () => {
    const pricing = pricingOf('eu-west-1', { figures: FIGURES });

    expect(Object.keys(pricing?.table ?? {})).toEqual(['acuHour', 'secretMonth']);
    expect(pricing?.table.acuHour).toEqual({ usd: 126_000, asOf: '2026-11-01', source: 'our invoice' });
    expect(pricing?.currency).toEqual({ code: 'USD', perUsd: 1_000_000 });
  });

  it('are told in the currency that the platform names', () => {
    const pricing = pricingOf('eu-west-2', { currency: { code: 'GBP', perUsd: 0.79, asOf: '2026-11-01' } });

    expect(pricing?.currency).toEqual({ code: 'GBP', perUsd: 790_000 });
    expect(pricing?.table).toBe(PRICES['eu-west-2']);
  });
});
