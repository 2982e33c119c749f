import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shrink } from '../../../sim/chaos/histories/shrink.ts';

const needs =
  (...wanted: readonly number[]) =>
  async (part: readonly number[]) =>
    await Promise.resolve(wanted.every((one) => part.includes(one)));

describe('shrinking a list that fails', () => {
  it('leaves exactly what the failure needs, in order, however long the list was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 40 }), fc.nat(), async (whole, at) => {
        const wanted = whole.filter((_, index) => (index + at) % 7 === 0);
        const cause = wanted.length > 0 ? wanted : whole.slice(0, 1);
        expect(await shrink(whole, needs(...cause))).toEqual(cause);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the whole when nothing can be left out', async () => {
    expect(await shrink([1, 2, 3], needs(1, 2, 3))).toEqual([1, 2, 3]);
  });

  it('ends when it is told that it is enough, with what it has by then', async () => {
    let asked = 0;
    const fails = async (part: readonly number[]) => {
      asked += 1;
      return await needs(1)(part);
    };
    const found = await shrink([1, 2, 3, 4, 5, 6, 7, 8], fails, () => asked >= 1);
    expect(found).toEqual([1, 2, 3, 4]);
  });
});
