import { DRAMA_NUMBERS } from '../../safe-values.ts';
import { numberSql } from '../digest.ts';
import { type Fake, needs } from './fake-sql.ts';
import { oneOf } from './from-list.ts';
import { at, fromMany } from './from-many.ts';

export function phone(room: number): Fake {
  return room < 11
    ? needs(11)
    : {
        ...fromMany((nth) => `0${at(DRAMA_NUMBERS, nth)}${String((nth * 379) % 1000).padStart(3, '0')}`),
        most: DRAMA_NUMBERS.length * 1000,
        wide: (digest) =>
          `CONCAT('0',${oneOf(DRAMA_NUMBERS, numberSql(digest, DRAMA_NUMBERS.length))},SUBSTR(1000+${numberSql(digest, 1000, 1)},2))`,
      };
}
