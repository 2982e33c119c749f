import { describe, expect, it } from '@jest/globals';
import {
  type BudgetNeed,
  budgetLimits,
  excessOf,
  isNearlyUsed,
  isPromised,
  poolsOf,
  shortageOf,
} from '../../src/domain/budget.ts';

const RULES = { kind: 'listener-rules', of: 'main' } as const;
const need = (item: string): BudgetNeed => ({ ...RULES, item });
const reading = (limit: number, ...items: string[]) => ({ ...RULES, limit, items });

describe('whether there is room', () => {
  it.each([
    ['all fit', ['a', 'b'], [], [], 2, undefined],
    ['one too many', ['a', 'b', 'c'], [], [], 2, { used: 0, needed: 3 }],
    ['what others have counts', ['a'], [], ['x', 'y'], 2, { used: 2, needed: 1 }],
    ['what is there twice counts twice', ['a'], [], ['x', 'x'], 2, { used: 2, needed: 1 }],
    ['what is promised counts', ['a'], ['x', 'y'], [], 2, { used: 2, needed: 1 }],
    ['what is promised and there counts once', ['a'], ['x'], ['x'], 2, undefined],
    ['what is there already of its own is no more than it needs', ['a', 'b'], [], ['a', 'b'], 2, undefined],
    ['what is full already leaves what it has to one that has it', ['a'], [], ['a', 'x', 'y'], 3, undefined],
    ['what is over its limit leaves what it has to one that has it', ['a'], [], ['a', 'x', 'y', 'z'], 3, undefined],
    ['what is over its limit gives no more', ['a', 'b'], [], ['a', 'x', 'y', 'z'], 3, { used: 3, needed: 2 }],
    ['what needs nothing fits anywhere', [], [], ['x', 'y', 'z'], 2, undefined],
  ])('%s', (...[, needs, promised, items, limit, expected]) => {
    const found = shortageOf(needs.map(need), { promised: promised.map(need), readings: [reading(limit, ...items)] });
    expect(found).toEqual(expected && { ...RULES, limit, ...expected });
  });

  it('is looked for in each pool by itself', () => {
    const groups = { kind: 'target-groups', of: 'main' } as const;
    const other = { ...RULES, of: 'another load balancer', item: 'a' };
    const readings = [reading(1), { ...groups, limit: 1, items: ['x'] }];

    expect(shortageOf([need('a'), { ...groups, item: 'g' }], { promised: [other], readings })).toMatchObject(groups);
    expect(poolsOf([need('a'), need('b'), other])).toEqual([RULES, { ...RULES, of: 'another load balancer' }]);
  });

  it('is found out beforehand for what would not fit into an empty one', () => {
    const limits = budgetLimits({ listenerRules: 2, listenerCertificates: 25 });
    expect(excessOf([need('a'), need('b')], limits)).toBeUndefined();
    expect(excessOf([need('a'), need('b'), need('c')], limits)).toMatchObject({ needed: 3, limit: 2 });
  });

  it('is nearly gone from four fifths on', () => {
    expect([3, 4].map((count) => isNearlyUsed(reading(5, ...['a', 'b', 'c', 'd'].slice(0, count))))).toEqual([
      false,
      true,
    ]);
  });

  it('was promised when every thing of it was', () => {
    expect(isPromised([need('a')], [need('a'), need('b')])).toBe(true);
    expect(isPromised([need('a'), need('c')], [need('a'), need('b')])).toBe(false);
    expect(isPromised([{ ...need('a'), of: 'another' }], [need('a')])).toBe(false);
  });
});
