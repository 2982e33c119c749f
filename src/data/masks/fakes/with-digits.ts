import { type Fake, needs } from './fake-sql.ts';

/** Of e-mail addresses and logins, where there is room. */
const DIGITS = 24;

export function withDigits(form: { before: string; after: string; fewest: number; room: number }): Fake {
  const { before, after, fewest, room } = form;
  const digits = Math.min(DIGITS, room - before.length - after.length);
  return digits < fewest
    ? needs(before.length + fewest + after.length)
    : {
        sql: (digest) => `CONCAT('${before}',LEFT(${digest},${digits}),'${after}')`,
        digits,
        most: 16 ** digits,
        longest: before.length + digits + after.length,
      };
}
