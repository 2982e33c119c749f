import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { databaseUserName } from '../../src/domain/database-user-name.ts';
import { MAX_NAME_LENGTH, NAME_PATTERN } from '../../src/domain/naming.ts';

describe('databaseUserName', () => {
  it.each([
    ['pr-42', 'mayfly_pr_42'],
    ['vol-1721', 'mayfly_vol_1721'],
    ['pr-1721-3f9c', 'mayfly_pr_1721_3f9c'],
    ['an-environment-of-thirty-chars', 'mayfly_an_environment_of_th_b31c'],
  ])('of %s is %s', (name, user) => {
    expect(databaseUserName({ name })).toBe(user);
  });

  it('is legal at the limit of MySQL, and another for each environment', () => {
    const names = fc.stringMatching(new RegExp(NAME_PATTERN)).filter(({ length }) => length <= MAX_NAME_LENGTH);
    fc.assert(
      fc.property(names, names, (one, other) => {
        expect(databaseUserName({ name: one })).toMatch(/^mayfly_[a-z0-9_]{1,25}$/);
        expect(databaseUserName({ name: one }) === databaseUserName({ name: other })).toBe(one === other);
      }),
    );
  });
});
