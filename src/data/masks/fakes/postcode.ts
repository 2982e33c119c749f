import { numberSql } from '../digest.ts';
import { type Fake, needs } from './fake-sql.ts';
import { oneOf } from './from-list.ts';
import { at, fromMany } from './from-many.ts';

/** `ZZ12 3AB`, or `ZZ1 2AB` where there is no more room. The last two letters are none of those that no postcode ends in. */
export function postcode(room: number): Fake {
  const letters = 'ABDEFGHJLNPQRSTUWXYZ'.split('');
  const pairs = letters.flatMap((one) => letters.map((other) => one + other));
  const [least, count, place] = room < 8 ? [10, 90, 2] : [100, 900, 3];
  const district = room < 8 ? (nth: number) => (nth % 9) + 1 : (nth: number) => (nth % 90) + 10;
  return room < 7
    ? needs(7)
    : {
        ...fromMany(
          (nth) => `ZZ${district(nth)} ${(nth * 3) % 10}${at(letters, nth * 7)}${at(letters, Math.floor(nth / 20))}`,
        ),
        most: count * pairs.length,
        wide: (digest) =>
          `CONCAT('ZZ',INSERT(${least}+${numberSql(digest, count)},${place},0,' '),${oneOf(pairs, numberSql(digest, pairs.length, 1))})`,
      };
}
