import { comparable, tweakedDigestSql } from './digest.ts';
import type { Keyed } from './feistel.ts';
import { type DecimalForm, decimalDigitsSql, integerDigitsSql } from './integer-digits.ts';
import { type Drafted, problem, type Target } from './target.ts';
import { textDigitsSql } from './text-digits.ts';

/** Character by character beyond that is no identifier, and no statement either. */
const LONGEST = 255;
/** So that a decimal without its point is a whole number that the server reckons with exactly. */
const LONGEST_DECIMAL = 18;

/**
 * Digits become other digits by a keyed permutation: equal for equal, different for different, never the same as before.
 * In text everything else stays where it is, and so does the sign of a number; a number keeps how many digits it has.
 */
export function draftDigits(target: Target): Drafted {
  const { kind, maxLength, charset } = target.column;
  const keyed: Keyed = (label, value) => tweakedDigestSql(target.place.domain, label, value);
  if (kind === 'integer') {
    const sql = integerDigitsSql(target, keyed);
    return { sql: () => sql, isInjective: true, hasAttempts: false };
  }
  const decimal = kind === 'decimal' ? decimalForm(target.column.columnType) : undefined;
  if (decimal !== undefined && decimal.digits <= LONGEST_DECIMAL) {
    const sql = decimalDigitsSql(target.value, decimal, keyed);
    return { sql: () => sql, isInjective: true, hasAttempts: false };
  }
  if (kind !== 'text' || maxLength === undefined || maxLength > LONGEST) {
    return problem(
      target,
      `digits are masked in whole numbers, decimals of up to ${LONGEST_DECIMAL} digits and texts of up to ${LONGEST} characters; use hash, text, constant or null`,
    );
  }
  const inUtf8 = charset?.startsWith('utf8') ? target.value : `CONVERT(${target.value} USING utf8mb4)`;
  const sql = textDigitsSql(inUtf8, maxLength, { keyed, comparable: (part) => comparable(partOf(target, part)) });
  return { sql: () => sql, isInjective: true, hasAttempts: false };
}

/** Of `decimal(10,2) unsigned`. */
function decimalForm(columnType: string): DecimalForm | undefined {
  const [, digits, scale] = /^\w+\((\d+),(\d+)\)/.exec(columnType) ?? [];
  return digits === undefined ? undefined : { digits: Number(digits), scale: Number(scale) };
}

/** A part of the target's value, which stands in UTF-8 and is compared as the whole is. */
function partOf(target: Target, part: string): Target {
  const { column, place } = target;
  const isUtf8 = column.charset?.startsWith('utf8') === true;
  return {
    ...target,
    value: part,
    column: isUtf8 ? column : { ...column, charset: 'utf8mb4', collation: undefined },
    place: { ...place, comparedAs: place.comparedAs ?? column.collation },
  };
}
