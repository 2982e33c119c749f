import { DISTINCT_DIGITS, digestSql } from './digest.ts';
import { type Drafted, problem, type Target, unlessEmpty } from './target.ts';

const DIGEST = 64;

/** The first hexadecimal digits of the digest, as many as were asked for and fit; in a binary column the bytes they stand for. */
export function draftHash(target: Target, asked: number | undefined): Drafted {
  const { kind, maxLength = DIGEST } = target.column;
  if (kind !== 'text' && kind !== 'binary') {
    return problem(target, 'a hash is text or bytes; use digits, constant or null');
  }
  const perUnit = kind === 'binary' ? 2 : 1;
  const wanted = Math.ceil((asked ?? DIGEST) / perUnit) * perUnit;
  const digits = Math.min(wanted, maxLength * perUnit, DIGEST);
  return {
    sql(attempt) {
      const digest = digestSql(target, attempt);
      const part = digits === DIGEST ? digest : `LEFT(${digest},${digits})`;
      return unlessEmpty(target, kind === 'binary' ? `UNHEX(${part})` : part);
    },
    isInjective: digits >= DISTINCT_DIGITS,
    hasAttempts: true,
    distinctWithin: Math.ceil(Math.min(digits, DISTINCT_DIGITS) / perUnit),
    mostValues: 16 ** digits,
  };
}
