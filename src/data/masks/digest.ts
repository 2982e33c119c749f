import { createHash } from 'node:crypto';
import { collated, isBinary, isPadded } from '../schema/collation.ts';
import type { Target } from './target.ts';

/** So many hexadecimal digits of a digest leave the chance below 10^-9 that two of a hundred million values meet. */
export const DISTINCT_DIGITS = 21;

/** No index of InnoDB takes more of them, so nothing longer is a key or refers to one. */
const LONGEST_KEY_CHARACTERS = 768;

/**
 * The digest of a value: 64 hexadecimal digits, NULL for NULL. Of the session's key, the domain and the value: SHA-256
 * of the domain has one length, so no two domains and values run into each other.
 *
 * Values are taken as their column compares them (`comparable`), so those that a foreign key ties together agree, and
 * those that a unique key keeps apart do not.
 *
 * The value's bytes come in as bytes, so nothing is converted to the key's character set or compared with its collation.
 *
 * An expression has no variables: each mention is worked out again, at about 0.3 microseconds.
 */
export function digestSql(target: Target, attempt: string | undefined): string {
  const first = tagOf(target.place.domain);
  const tag =
    attempt === undefined
      ? first
      : `IF(${attempt}=0,${first},CONCAT(${tagOf(`${target.place.domain}\0attempt`)},${attempt},'.'))`;
  return `SHA2(CONCAT(@mayfly_key,${tag},${comparable(target)}),256)`;
}

/**
 * The digest of a number or of bytes that follow from a value, under a label of plain ASCII. No digest of a value is one
 * of these, nor are two of them the same whose labels end where no other one goes on.
 */
export function tweakedDigestSql(domain: string, label: string, value: string): string {
  return `SHA2(CONCAT(@mayfly_key,${tagOf(`${domain}\0tweaked`, label)},${value}),256)`;
}

/**
 * A number below `bound` out of the digest. The check sum adds nothing to its safety and takes nothing away: it makes a
 * number of 64 digits at a third of what CONV costs. `part` gives numbers that have nothing to do with each other.
 */
export function numberSql(digest: string, bound: number | string, part = 0): string {
  return `CRC32(${part === 0 ? digest : `LEFT(${digest},${64 - 8 * part})`})%${bound}`;
}

/**
 * How many characters a value has, or somewhat fewer or more: the same for all that its column finds equal. A ß is a
 * character and equal to two, so CHAR_LENGTH would not do.
 */
export function lengthSql(target: Target): string {
  const { column, place } = target;
  const by = place.comparedAs ?? column.collation ?? 'utf8mb4_bin';
  return `LENGTH(${comparable(target)}) DIV ${isBinary(by) ? 1 : weightBytes(by)}`;
}

/** Two bytes for each level that a collation of Unicode compares. */
function weightBytes(collation: string): number {
  if (!/^(?:utf8|uca|ucs|utf16|utf32)/.test(collation)) {
    return 1;
  }
  const levels = { _as_cs: 3, _as_ci: 2 }[/_as_c[is]/.exec(collation)?.[0] ?? ''] ?? 1;
  return 2 * levels;
}

/**
 * The value as bytes that are equal when the column's collation, or `place.comparedAs`, finds values equal.
 *
 * - `_bin` and binary: the bytes, in UTF-8, so that columns of several character sets agree.
 * - Every other collation: its own weights (WEIGHT_STRING). Lower case would not do: most collations take é for e. Two
 *   collations have no weights in common, so texts of another one are converted first.
 * - Trailing spaces count in no collation but those that say so. One that a character without any weight follows, such as
 *   NUL in `_unicode_ci`, is not seen for one.
 *
 * What is too long for any key is compared in lower case instead: its weights may not fit into a packet.
 */
export function comparable({ value, column, place }: Target): string {
  if (column.kind !== 'text') {
    return value;
  }
  const by = place.comparedAs ?? column.collation ?? 'utf8mb4_bin';
  const trimmed = isPadded(by) ? `RTRIM(${value})` : value;
  if (isBinary(by)) {
    const inUtf8 = column.charset?.startsWith('utf8') ? trimmed : `CONVERT(${trimmed} USING utf8mb4)`;
    return `CAST(${inUtf8} AS BINARY)`;
  }
  const weights = `WEIGHT_STRING(${by === column.collation ? trimmed : collated(trimmed, by)})`;
  const lowerCase = `CAST(LOWER(CONVERT(${trimmed} USING utf8mb4)) AS BINARY)`;
  const mayBeLong = (column.maxLength ?? Number.POSITIVE_INFINITY) > LONGEST_KEY_CHARACTERS;
  return mayBeLong ? `IF(CHAR_LENGTH(${value})>${LONGEST_KEY_CHARACTERS},${lowerCase},${weights})` : weights;
}

/** 66 bits. So short that with the session's key most values are within the one block that SHA-256 takes at once. */
function tagOf(domain: string, label = ''): string {
  return `'${createHash('sha256').update(domain).digest('base64url').slice(0, 11)}${label}'`;
}
