import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { migrationsIn } from '../../../src/domain/migrations/tool.ts';
import { MIGRATION_TOOLS } from '../../../src/domain/migrations/tools.ts';
import { isBehind, verdictOf } from '../../../src/domain/migrations/verdict.ts';

const { doctrine, flyway } = MIGRATION_TOOLS;
const history = (...ids: readonly string[]) => ({ ids, floor: null });

describe('a commit against its source', () => {
  it.each([
    { reason: 'both have the same', known: ['1', '2'], has: ['2', '1'], relation: 'same', ahead: [], behind: [] },
    { reason: 'a new one was written', known: ['1', '2'], has: ['1'], relation: 'ahead', ahead: ['2'], behind: [] },
    {
      reason: 'others came first',
      known: ['1'],
      has: ['1', '3', '2'],
      relation: 'behind',
      ahead: [],
      behind: ['2', '3'],
    },
    { reason: 'both went on', known: ['1', '3'], has: ['1', '2'], relation: 'diverged', ahead: ['3'], behind: ['2'] },
    {
      reason: 'old files were cleared away',
      known: ['3', '4'],
      has: ['1', '2', '3', '4'],
      relation: 'same',
      ahead: [],
      behind: [],
    },
    { reason: 'there is no file at all', known: [], has: ['1'], relation: 'behind', ahead: [], behind: ['1'] },
    { reason: 'nothing was ever run', known: ['1'], has: [], relation: 'ahead', ahead: ['1'], behind: [] },
  ])('is $relation when $reason', ({ known, has, relation, ahead, behind }) => {
    expect(verdictOf(doctrine, known, history(...has))).toEqual({ relation, ahead, behind, late: [] });
  });

  it('has nothing to run of what was there before the tool began', () => {
    expect(verdictOf(flyway, ['1', '2', '3'], { ids: ['2'], floor: '2' })).toMatchObject({ ahead: ['3'], behind: [] });
  });

  it('names what Flyway would leave out, and Doctrine would not', () => {
    expect(verdictOf(flyway, ['1', '3', '4', '5'], history('1', '4')).late).toEqual(['3']);
    expect(verdictOf(doctrine, ['1', '3', '4', '5'], history('1', '4')).late).toEqual([]);
  });

  it('accounts for every id once, whatever the two have', () => {
    const ids = fc.uniqueArray(fc.nat({ max: 40 }).map(String));
    fc.assert(
      fc.property(ids, ids, (files, has) => {
        const known = migrationsIn(
          flyway,
          files.map((id) => `V${id}__x.sql`),
        );
        const verdict = verdictOf(flyway, known, history(...has));
        const shared = known.filter((id) => has.includes(id));
        expect([...shared, ...verdict.ahead].toSorted()).toEqual(known.toSorted());
        expect(verdict.behind.every((id) => has.includes(id) && !known.includes(id))).toBe(true);
        expect(isBehind(verdict)).toBe(verdict.behind.length > 0);
        expect(verdict.late.every((id) => verdict.ahead.includes(id))).toBe(true);
      }),
    );
  });
});
