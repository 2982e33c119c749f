import { FAMILY_NAMES } from '../dictionaries/family-names.ts';
import { GIVEN_NAMES } from '../dictionaries/given-names.ts';
import { numberSql } from '../digest.ts';
import { type Fake, needs } from './fake-sql.ts';
import { FEWEST_ENTRIES, fit, lengthOf, noLonger, oneOf } from './from-list.ts';
import { at, many } from './from-many.ts';

/** Ready-made pairs: a second number would take a second digest, and that costs more than a longer list. */
export function fullName(room: number): Fake {
  const [given, family] = [lengthOf(GIVEN_NAMES, FEWEST_ENTRIES), lengthOf(FAMILY_NAMES, FEWEST_ENTRIES)];
  const spare = room - 1 - given - family;
  if (spare < 0) {
    return needs(given + 1 + family);
  }
  const first = fit(GIVEN_NAMES, given + Math.floor(spare / 2));
  const last = fit(FAMILY_NAMES, family + Math.ceil(spare / 2));
  return {
    ...noLonger(many((nth) => `${at(first, nth * 7)} ${at(last, nth * 11 + Math.floor(nth / last.length))}`)),
    most: first.length * last.length,
    longest: lengthOf(first, first.length) + 1 + lengthOf(last, last.length),
    wide: (digest) =>
      `CONCAT(${oneOf(first, numberSql(digest, first.length))},' ',${oneOf(last, numberSql(digest, last.length, 1))})`,
  };
}
