import { numberSql } from '../digest.ts';
import { type Fake, needs } from './fake-sql.ts';

/** `ZB1234567`: the second letter is that of a traffic area. */
export function licenceNumber(room: number): Fake {
  return room < 9
    ? needs(9)
    : {
        most: 10_000_000,
        longest: 9,
        sql: (digest) => `CONCAT('ZB',SUBSTR(10000000+${numberSql(digest, 10_000_000)},2))`,
      };
}
