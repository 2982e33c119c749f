import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeSetVerdict } from '../../../src/domain/migrations/change-set-verdict.ts';
import { liquibase } from '../../../src/domain/migrations/liquibase.ts';

const sets = (...ids: readonly string[]) => ids.map((id) => ({ id }));
const history = (...ids: readonly string[]) => ({ ids, floor: null });
const verdict = (known: readonly string[], has: readonly string[]) => changeSetVerdict(sets(...known), history(...has));

describe('a changelog against its table', () => {
  it.each([
    {
      reason: 'both have the same',
      known: ['a::1::o', 'b::1::o'],
      has: ['b::1::o', 'a::1::o'],
      relation: 'same',
      ahead: [],
      behind: [],
    },
    {
      reason: 'new ones were written',
      known: ['a::1::o', 'z::9::o', 'b::2::o'],
      has: ['a::1::o'],
      relation: 'ahead',
      ahead: ['z::9::o', 'b::2::o'],
      behind: [],
    },
    {
      reason: 'others ran',
      known: ['a::1::o'],
      has: ['a::1::o', 'c::2::o', 'b::3::o'],
      relation: 'behind',
      ahead: [],
      behind: ['c::2::o', 'b::3::o'],
    },
    {
      reason: 'both went on',
      known: ['a::1::o', 'b::2::o'],
      has: ['a::1::o', 'c::2::o'],
      relation: 'diverged',
      ahead: ['b::2::o'],
      behind: ['c::2::o'],
    },
    {
      reason: 'old ones were cleared away',
      known: ['c::1::o', 'd::1::o'],
      has: ['a::1::o', 'b::1::o', 'c::1::o', 'd::1::o'],
      relation: 'same',
      ahead: [],
      behind: [],
    },
    {
      reason: 'letters are written otherwise',
      known: ['A.xml::One::Octocat'],
      has: ['a.xml::one::octocat'],
      relation: 'same',
      ahead: [],
      behind: [],
    },
    { reason: 'nothing was ever run', known: ['a::1::o'], has: [], relation: 'ahead', ahead: ['a::1::o'], behind: [] },
  ])('is $relation when $reason', ({ known, has, relation, ahead, behind }) => {
    expect(verdict(known, has)).toEqual({ relation, ahead, behind, late: [] });
  });

  it.each([
    {
      reason: 'the table counts from further up',
      known: ['a.xml::1::o', '9.1/b.xml::1::o', 'c.xml::1::o'],
      has: ['db/a.xml::1::o', 'db/9.1/b.xml::1::o'],
      ahead: ['c.xml::1::o'],
    },
    {
      reason: 'the table counts from further down',
      known: ['src/db/a.xml::1::o', 'src/db/b.xml::1::o'],
      has: ['db/a.xml::1::o'],
      ahead: ['src/db/b.xml::1::o'],
    },
    { reason: 'an id holds a slash', known: ['a.xml::VOL/1::o'], has: ['db/a.xml::VOL/1::o'], ahead: [] },
  ])('is no other where $reason', ({ known, has, ahead }) => {
    expect(verdict(known, has)).toEqual({ relation: ahead.length > 0 ? 'ahead' : 'same', ahead, behind: [], late: [] });
  });

  it('takes a file of the same name in another folder for another, where the rest is called alike', () => {
    expect(
      verdict(
        ['a.xml::1::o', 'main.xml::1::o', 'main.xml::2::o'],
        ['x/a.xml::1::o', 'main.xml::1::o', 'main.xml::2::o'],
      ),
    ).toEqual({
      relation: 'ahead',
      ahead: ['a.xml::1::o'],
      // It ran before the oldest that the changelog has.
      behind: [],
      late: [],
    });
  });

  it('knows by either name what inherits the path of its parent', () => {
    const changeSets = [{ id: 'db/a.xml::1::o', otherId: 'main::1::o' }];
    expect(changeSetVerdict(changeSets, history('main::1::o'))).toMatchObject({ relation: 'same' });
    expect(changeSetVerdict(changeSets, history('db/a.xml::1::o'))).toMatchObject({ relation: 'same' });
  });

  it('misses nothing of what is not run', () => {
    const changeSets = [
      { id: 'a::1::o' },
      { id: 'a::2::o', idle: true as const },
      { id: 'a::3::o', idle: true as const },
    ];
    expect(changeSetVerdict(changeSets, history('a::1::o', 'a::3::o'))).toMatchObject({ relation: 'same' });
  });

  it('is none where the two have nothing in common', () => {
    expect(verdict(['a.xml::1::o'], ['b.xml::1::o'])).toBeUndefined();
    expect(verdict([], ['b.xml::1::o'])).toBeUndefined();
  });

  it('is the same whatever stands before the names of one side, and never has one on both lists', () => {
    const ids = fc.uniqueArray(fc.nat({ max: 30 }).map((number) => `v${number}/x.xml::${number}::o`));
    const prefix = fc.constantFrom('', 'db/', 'src/main/resources/db/');
    fc.assert(
      fc.property(fc.tuple(ids, ids), fc.tuple(prefix, prefix), ([known, has], [before, beforeRows]) => {
        const plain = verdict(known, has);
        const moved = verdict(
          known.map((id) => before + id),
          has.map((id) => beforeRows + id),
        );
        expect(moved && { ...moved, ahead: moved.ahead.length, behind: moved.behind.length }).toEqual(
          plain && { ...plain, ahead: plain.ahead.length, behind: plain.behind.length },
        );
        expect(plain?.ahead.some((id) => plain.behind.includes(id)) ?? false).toBe(false);
      }),
    );
  });

  it('takes no time to speak of where all files are called alike', () => {
    const many = (folder: string) =>
      Array.from({ length: 5000 }, (_, index) => `${folder}${index}/changelog.xml::1::o`);
    expect(verdict(many('a'), many('b'))).toBeUndefined();
  });
});

describe('the table of Liquibase', () => {
  it('lists what ran by file, id and author, without the row that a tag makes', () => {
    const rows = [
      { ID: '1', AUTHOR: 'octocat', FILENAME: 'classpath:/db\\a.xml' },
      { ID: '1528768837951', AUTHOR: 'liquibase', FILENAME: 'liquibase-internal' },
      { ID: '2', AUTHOR: 'octocat', FILENAME: './db/a.xml' },
      { ID: '1', AUTHOR: 'octocat', FILENAME: 'db/a.xml' },
    ];
    expect(liquibase.historyOf(rows)).toEqual({ ids: ['db/a.xml::1::octocat', 'db/a.xml::2::octocat'], floor: null });
  });
});
