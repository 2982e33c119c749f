import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nearest, slips } from '../../src/domain/nearest.ts';

describe('nearest', () => {
  const known = ['extend', 'destroy', 'status', 'logs', 'help'];

  it.each([
    { word: 'extned', meant: 'extend', reason: 'two letters swapped' },
    { word: 'EXTEND', meant: 'extend', reason: 'upper case' },
    { word: 'destry', meant: 'destroy', reason: 'a letter too few' },
    { word: 'stattus', meant: 'status', reason: 'a letter too many' },
    { word: 'halp', meant: 'help', reason: 'a letter wrong' },
    { word: 'frobnicate', meant: undefined, reason: 'nothing like it' },
    { word: '', meant: undefined, reason: 'nothing at all' },
    { word: 'a', meant: undefined, reason: 'too short to be anything' },
  ])('takes $word for $meant ($reason)', ({ word, meant }) => {
    expect(nearest(word, known)).toBe(meant);
  });

  it('takes the first of two that are as near', () => {
    expect(nearest('cat', ['bat', 'hat'])).toBe('bat');
  });
});

describe('slips', () => {
  it('counts a swap as one', () => {
    expect([slips('ab', 'ba'), slips('abc', 'abc'), slips('', 'abc'), slips('kitten', 'sitting')]).toEqual([
      1, 0, 3, 3,
    ]);
  });

  it('is the same both ways, and never more than the longer word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(slips(a, b)).toBe(slips(b, a));
        expect(slips(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
