import { describe, expect, it } from '@jest/globals';
import { newestRows } from '../../../sim/local/playground/repeats.ts';

/** `a1` and `a2` say the same; what begins with `-` is not told. */
const keyOf = (item: string): string | undefined => (item.startsWith('-') ? undefined : item.slice(0, 1));

describe('the rows of a log', () => {
  it('are newest first, with what repeats itself in one', () => {
    expect(newestRows(['a1', 'b1', 'b2', '-', 'b3', 'a2'], { keyOf, limit: 8 })).toEqual([
      { oldest: 'a2', newest: 'a2', times: 1 },
      { oldest: 'b1', newest: 'b3', times: 3 },
      { oldest: 'a1', newest: 'a1', times: 1 },
    ]);
  });

  it('are no more than asked for, the last of them whole', () => {
    expect(newestRows(['c1', 'a1', 'a2', '-', 'b1'], { keyOf, limit: 2 })).toEqual([
      { oldest: 'b1', newest: 'b1', times: 1 },
      { oldest: 'a1', newest: 'a2', times: 2 },
    ]);
    expect(newestRows([], { keyOf, limit: 2 })).toEqual([]);
  });
});
