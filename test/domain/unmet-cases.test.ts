import { describe, expect, it } from '@jest/globals';
import { unmetCases } from '../../src/domain/unmet-cases.ts';

describe('cases that a person should look at again', () => {
  const cases = (...values: number[]) => ({
    cases: [
      {
        table: 'person',
        column: 'plate',
        cases: values.map((count, nth) => ({
          when: nth === values.length - 1 ? null : `kind = ${nth}`,
          mask: nth === 0 ? 'fake vrm' : 'keep',
          values: count,
        })),
      },
    ],
  });

  it('are those that no value met', () => {
    expect(unmetCases(cases(0, 4, 5))).toEqual(['person.plate: of 9 values none met the case "kind = 0" (fake vrm)']);
  });

  it('are those that leave nothing over', () => {
    expect(unmetCases(cases(9, 0))).toEqual([
      'person.plate: of 9 values each met a case, and none was left for what is otherwise (keep)',
    ]);
  });

  it('are none where each met a value, where there is no value, and in an older passport', () => {
    expect(unmetCases(cases(1, 1))).toEqual([]);
    expect(unmetCases(cases(0, 0))).toEqual([]);
    expect(unmetCases({})).toEqual([]);
  });
});
