import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  chosenNameProblem,
  environmentName,
  identityOf,
  prefixProblem,
  RESERVED_NAMES,
} from '../../src/domain/naming.ts';

const prefixes = { 'dvsa/vol-app': 'vol', 'acme/shop': 'shop' };
const repository = fc.stringMatching(/^[a-zA-Z0-9-]{1,12}\/[a-zA-Z0-9._-]{1,12}$/);
const number = fc.integer({ min: 1, max: 2_147_483_647 });

describe('environmentName', () => {
  it('begins with the prefix of a repository that has one', () => {
    expect(environmentName({ pullRequest: { repository: 'dvsa/vol-app', number: 1721 }, prefixes })).toBe('vol-1721');
  });

  it('ends in a digest of a repository that has none, so that two of them never meet', () => {
    const names = ['acme/a', 'acme/b'].map((of) =>
      environmentName({ pullRequest: { repository: of, number: 7 }, prefixes }),
    );
    expect(names[0]).toMatch(/^pr-7-[0-9a-f]{4}$/);
    expect(names[0]).not.toBe(names[1]);
  });

  it('takes no prefix from what every object has', () => {
    expect(environmentName({ pullRequest: { repository: 'constructor', number: 7 }, prefixes: {} })).toMatch(/^pr-7-/);
  });

  it('is a label of at most thirty characters, and never a reserved name', () => {
    fc.assert(
      fc.property(repository, number, (of, n) => {
        for (const known of [prefixes, { [of]: 'abcdefgh' }]) {
          const name = environmentName({ pullRequest: { repository: of, number: n }, prefixes: known });
          expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
          expect(name.length).toBeLessThanOrEqual(30);
          expect(RESERVED_NAMES.has(name)).toBe(false);
        }
      }),
    );
  });

  it('is shared by no two pull requests of listed repositories', () => {
    const prefix = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
    fc.assert(
      fc.property(fc.tuple(prefix, number, prefix, number), ([p1, n1, p2, n2]) => {
        fc.pre(p1 !== p2 || n1 !== n2);
        const known = { 'a/one': p1, 'a/two': p2 };
        expect(environmentName({ pullRequest: { repository: 'a/one', number: n1 }, prefixes: known })).not.toBe(
          environmentName({ pullRequest: { repository: 'a/two', number: n2 }, prefixes: known }),
        );
      }),
    );
  });
});

describe('identityOf', () => {
  it('names the pull request and the environment', () => {
    expect(identityOf({ pullRequest: { repository: 'acme/shop', number: 3 }, prefixes })).toEqual({
      id: 'acme/shop#3',
      pullRequest: { repository: 'acme/shop', number: 3 },
      name: 'shop-3',
    });
  });
});

describe('prefixProblem', () => {
  it.each([
    { prefix: 'Vol', reason: 'upper case' },
    { prefix: '7up', reason: 'a digit in front' },
    { prefix: 'vol-app', reason: 'a hyphen, which ends a prefix' },
    { prefix: 'abcdefghi', reason: 'nine characters' },
    { prefix: '', reason: 'nothing' },
    { prefix: 'source', reason: 'what the sources of clones are called' },
    ...[
      'int',
      'pp',
      'app',
      'dev',
      'qa',
      'reg',
      'da',
      'pre',
      'prep',
      'prod',
      'prodsupp',
      'demo',
      'proving',
      'local',
      'default',
      'main',
      'www',
    ].map((prefix) => ({ prefix, reason: 'a standing environment' })),
  ])('refuses $prefix ($reason)', ({ prefix }) => {
    expect(prefixProblem(prefix)).toBeDefined();
  });

  it.each(['vol', 'pr', 'a', 'shop2', 'abcdefgh'])('takes %s', (prefix) => {
    expect(prefixProblem(prefix)).toBeUndefined();
  });
});

describe('a name that somebody chose', () => {
  it.each(['payments', 'sources', 'open-source', 'demo-2', 'vol-7451-outage', 'shop-7-a', 'pr-review', 'pr-7-3f9'])(
    'may be %s',
    (name) => {
      expect(chosenNameProblem(name, prefixes)).toBeUndefined();
    },
  );

  it.each([
    ['Payments', 'is not a legal name'],
    ['7up', 'is not a legal name'],
    ['payments--2', 'is not a legal name'],
    ['a'.repeat(31), 'is 31 characters long: a name has at most 30'],
    ['int', 'is reserved: it is the name of a standing environment'],
    ['mayfly', 'is reserved: it is the name of a standing environment'],
    ['source', 'is reserved: the databases that clones are made of are called so'],
    ['source-1', 'is reserved: the databases that clones are made of are called so'],
    ['source-20261120-3f9a', 'is reserved: the databases that clones are made of are called so'],
    ['vol-1721', 'is reserved: it is what an environment of a pull request of dvsa/vol-app is called'],
    ['pr-7-3f9c', "is reserved: it is what a pull request's environment is called"],
  ])('is not %s', (name, problem) => {
    expect(chosenNameProblem(name, prefixes)).toContain(problem);
  });

  it('is never one that a pull request may come to have', () => {
    fc.assert(
      fc.property(repository, number, (of, n) => {
        const name = environmentName({ pullRequest: { repository: of, number: n }, prefixes });
        expect(chosenNameProblem(name, prefixes)).toBeDefined();
      }),
    );
  });
});
