import { describe, expect, it } from '@jest/globals';
import { conditionProblem } from '../../../src/data/rules/condition.ts';

describe('a condition', () => {
  it.each([
    "country = 'GB'",
    "a IN (1, 2) AND (b IS NULL OR c > '2020-01-01')",
    "note = 'a;b -- c # d'",
    "`odd;name` = 'it''s'",
  ])('may be %s', (condition) => {
    expect(conditionProblem(condition)).toBeUndefined();
  });

  it.each([
    ['', 'says something'],
    ['a = 1; DROP TABLE b', 'without `;`'],
    ['a = 1 -- and', 'no comments'],
    ['a = 1 # and', 'no comments'],
    ['a = /* x */ 1', 'no comments'],
    ['a = 1) OR (1 = 1', 'brackets'],
    ['(a = 1', 'brackets'],
    ["a = 'x", 'never closed'],
    [String.raw`a = 'x\'; --'`, 'no backslash'],
  ])('is refused when it is %s', (condition, words) => {
    expect(conditionProblem(condition)).toContain(words);
  });
});
