import { numberSql } from '../digest.ts';
import { type Fake, needs } from './fake-sql.ts';
import { oneOf } from './from-list.ts';
import { at } from './from-many.ts';

/** `ZA12ABC`: no I, Q or Z besides the first, as on plates, and no age identifier 00 or 01. Many, for there are many vehicles. */
export function vrm(room: number): Fake {
  const letters = 'ABCDEFGHJKLMNOPRSTUVWXY'.split('');
  const beginnings = letters.flatMap((letter) =>
    Array.from({ length: 98 }, (_, nth) => `Z${letter}${String(nth + 2).padStart(2, '0')}`),
  );
  const pairs = letters.flatMap((one) => letters.map((other) => one + other));
  const endings = pairs.flatMap((pair, nth) => [0, 5, 11, 17].map((step) => pair + at(letters, nth + step)));
  return room < 7
    ? needs(7)
    : {
        longest: 7,
        most: beginnings.length * endings.length,
        sql: (digest) =>
          `CONCAT(${oneOf(beginnings, numberSql(digest, beginnings.length))},${oneOf(endings, numberSql(digest, endings.length, 1))})`,
      };
}
