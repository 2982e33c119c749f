import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Claimant, shareSlots } from '../../src/domain/quota.ts';

function claimant(id: string, minute: number, admitted = false): Claimant {
  return { id, createdAt: new Date(minute * 60_000), admitted };
}

describe('shareSlots', () => {
  it('gives free slots to the oldest, and the rest a place', () => {
    expect(shareSlots([claimant('c', 3), claimant('a', 1, true), claimant('b', 2), claimant('d', 4)], 2)).toEqual([
      { id: 'a', admitted: true },
      { id: 'b', admitted: true },
      { id: 'c', admitted: false, place: 1 },
      { id: 'd', admitted: false, place: 2 },
    ]);
  });

  it('lets who has a slot keep it when the limit shrinks, and admits nobody else', () => {
    expect(shareSlots([claimant('a', 1, true), claimant('b', 2, true), claimant('c', 0)], 1)).toEqual([
      { id: 'a', admitted: true },
      { id: 'b', admitted: true },
      { id: 'c', admitted: false, place: 1 },
    ]);
  });

  it('decides claims of the same instant by their ids', () => {
    expect(shareSlots([claimant('b', 1), claimant('a', 1)], 1)[0]).toEqual({ id: 'a', admitted: true });
  });

  it('never admits anybody past the limit, nor leaves a slot free while somebody waits', () => {
    const claimants = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1 }),
        createdAt: fc.date({ noInvalidDate: true }),
        admitted: fc.boolean(),
      }),
      { selector: ({ id }) => id, maxLength: 20 },
    );
    fc.assert(
      fc.property(claimants, fc.integer({ min: 0, max: 12 }), (of, limit) => {
        const admissions = shareSlots(of, limit);
        const holding = of.filter(({ admitted }) => admitted).length;
        const admitted = admissions.filter((admission) => admission.admitted).length;
        expect(admitted).toBe(Math.max(holding, Math.min(limit, of.length)));
        expect(admissions.flatMap((a) => (a.admitted ? [] : [a.place]))).toEqual(
          Array.from({ length: of.length - admitted }, (_, index) => index + 1),
        );
      }),
    );
  });
});
