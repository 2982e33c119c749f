import { describe, expect, it } from '@jest/globals';
import { matchesPattern } from '../../../src/data/rules/keep-pattern.ts';

describe('a pattern', () => {
  it.each([
    ['*.id', 'person', 'id', true],
    ['*.id', 'person', 'ID', true],
    ['*.id', 'person', 'paid', false],
    ['*.*_id', 'person', 'team_id', true],
    ['ref_data.*', 'ref_data', 'anything', true],
    ['ref_data.*', 'Ref_data', 'anything', false],
    ['ref_*.co*e', 'ref_data', 'code', true],
    ['ref_*.co*e', 'ref_data', 'coe', true],
    ['*.ab*ba', 'x', 'aba', false],
    ['*.id', 'a.b', 'id', true],
    ['*.id', 'a', 'b.id', false],
    ['a.b.id', 'a.b', 'id', true],
    ['a.b.id', 'a', 'b.id', true],
    ['*.a+', 'x', 'aa', false],
    ['order.na me', 'order', 'na me', true],
  ])('%s means %s, %s: %s', (...[pattern, table, column, matches]) => {
    expect(matchesPattern(pattern, { table, column })).toBe(matches);
  });

  it('of many stars is as quick as any', () => {
    const column = `${'a'.repeat(60)}b`;
    expect(matchesPattern(`*.${'a*'.repeat(30)}c`, { table: 'x', column })).toBe(false);
  });
});
