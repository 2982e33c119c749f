import { describe, expect, it } from '@jest/globals';
import { contextsIn, isInContext } from '../../../src/domain/migrations/context-expression.ts';
import { isForOurDatabase } from '../../../src/domain/migrations/dbms-list.ts';

describe('a context', () => {
  it.each([
    [null, 'dev', true],
    ['', 'dev', true],
    ['dev', '', true],
    ['dev', 'DEV', true],
    ['Test', 'dev', false],
    ['test, dev', 'dev', true],
    ['test or dev', 'dev', true],
    ['test and dev', 'dev', false],
    ['test and dev', 'dev,test', true],
    ['!test', 'dev', true],
    ['not dev', 'dev', false],
    ['a or b and c', 'a', true],
    ['(a or b) and c', 'a', false],
    ['(a, b) and (c, d)', 'b,d', true],
    ['!(a or b)', 'c', true],
    ['@dev', '', false],
    ['@dev', 'dev', true],
    ['(a or', 'b', true],
    ['a b', 'c', true],
    [`${'('.repeat(100_000)}a`, 'b', true],
  ])('%s is run with %j: %j', (expression, given, isRun) => {
    expect(isInContext(expression, contextsIn(given))).toBe(isRun);
  });
});

describe('a list of databases', () => {
  it.each([
    [null, true],
    ['mysql', true],
    ['MariaDB, MySQL', true],
    ['oracle', false],
    ['!oracle', true],
    ['!mysql', false],
    ['!oracle, postgresql', false],
    ['all', true],
    ['none', false],
  ])('%s is run on ours: %j', (dbms, isRun) => {
    expect(isForOurDatabase(dbms)).toBe(isRun);
  });
});
