import { firstRound, furtherRounds, type Keyed } from './feistel.ts';

/** As many digits as both halves have in the numbers of a digest. */
const LONGEST_NUMBER = 18;
/** So many characters are asked for at once whether there is anything to do. */
const GROUP = 4;

export interface KeyedText {
  readonly keyed: Keyed;
  /** Bytes of a part of the text, the same for parts that compare equal. */
  readonly comparable: (part: string) => string;
}

/**
 * A text of 2 to 18 digits and nothing else is permuted as a whole. In any other, going from right to left in groups of
 * four characters, four digits become another number of four, or else two of two, or one another one. How far each is
 * moved follows from its place and all that stands right of it, as the column compares that, so every step can be undone:
 * texts that compare different come out so, and equal ones equal. The last digits of equal endings come out equal.
 *
 * ASCII only: digits of other scripts stay, as letters do.
 *
 * @param text in UTF-8
 */
export function textDigitsSql(text: string, maxLength: number, by: KeyedText): string {
  const { keyed } = by;
  const anyText = groups({ text, from: 1, maxLength, by });
  if (maxLength < 2) {
    return anyText;
  }
  const numbers = Array.from({ length: Math.min(maxLength, LONGEST_NUMBER) - 1 }, (_, nth) => nth + 2).map(
    (length) => `WHEN ${length} THEN ${wholeNumber(text, length, keyed)}`,
  );
  // Not `^[0-9]+$`: before a line feed at its end, a text ends, too.
  return (
    `CASE WHEN ${isDigit(text, 1)} AND CHAR_LENGTH(${text}) BETWEEN 2 AND ${LONGEST_NUMBER} AND ` +
    `${text} NOT REGEXP '[^0-9]' ` +
    `THEN CASE CHAR_LENGTH(${text}) ${numbers.join(' ')} END ` +
    `WHEN ${text} REGEXP '[0-9]' THEN ${anyText} ELSE ${text} END`
  );
}

function wholeNumber(text: string, length: number, keyed: Keyed): string {
  const half = Math.floor(length / 2);
  const rest = length - half;
  const left = { sql: wholeSql(`LEFT(${text},${half})`), size: 10 ** half };
  const right = { sql: wholeSql(`RIGHT(${text},${rest})`), size: 10 ** rest };
  const first = firstRound(left, right, keyed);
  const whole = (known: string) => {
    const [third, second] = furtherRounds(known, { left, right }, keyed);
    return `SUBSTR(${10 ** length}+${third}*${right.size}+${second},2)`;
  };
  // With a text for each of ten numbers, the first round is worked out once instead of three times.
  return half > 1
    ? whole(first)
    : `ELT(1+${first},${Array.from({ length: 10 }, (_, nth) => whole(`${nth}`)).join(',')})`;
}

/** As a text of digits alone is reckoned with as a broken number otherwise, which takes three times as long. */
function wholeSql(digits: string): string {
  return `CAST(${digits} AS UNSIGNED)`;
}

interface Walked {
  readonly text: string;
  readonly from: number;
  readonly maxLength: number;
  readonly by: KeyedText;
}

/** A short text in a long column costs no more than its length. */
function groups(of: Walked): string {
  const { text, from, maxLength } = of;
  const to = Math.min(from + GROUP - 1, maxLength);
  const group = digitsAt(of, to - from + 1);
  return to < maxLength
    ? `CONCAT(${group},IF(CHAR_LENGTH(${text})>${to},${groups({ ...of, from: to + 1 })},''))`
    : group;
}

/** Four characters or fewer: as one number where all four are digits, and otherwise in pairs. */
function digitsAt(of: Walked, count: number): string {
  const { text, from } = of;
  if (count <= 2) {
    return count === 1 ? one(of, from) : pair(of, from);
  }
  const pairs = `CONCAT(${pair(of, from)},${digitsAt({ ...of, from: from + 2 }, count - 2)})`;
  // The first character is looked at before all four are, as a pattern costs more.
  const areAll = `IF(${isDigit(text, from)},${mid(text, from, count)} REGEXP '^[0-9]{${count}}$',0)`;
  return count === GROUP ? `IF(${areAll},${moved(of, from, count)},${pairs})` : pairs;
}

/** Both as one number, or the one that is a digit. */
function pair(of: Walked, at: number): string {
  const { text } = of;
  const [left, right] = [mid(text, at, 1), mid(text, at + 1, 1)];
  return (
    `IF(${isDigit(text, at)},` +
    `IF(${isDigit(text, at + 1)},${moved(of, at, 2)},CONCAT(${moved(of, at, 1)},${right})),` +
    `IF(${isDigit(text, at + 1)},CONCAT(${left},${moved(of, at + 1, 1)}),${mid(text, at, 2)}))`
  );
}

function one(of: Walked, at: number): string {
  return `IF(${isDigit(of.text, at)},${moved(of, at, 1)},${mid(of.text, at, 1)})`;
}

function mid(text: string, at: number, count: number): string {
  return `MID(${text},${at},${count})`;
}

/** ASCII() is the first byte: no other character has that of a digit in UTF-8, whatever a collation takes for one. */
function isDigit(text: string, at: number): string {
  return `ASCII(${mid(text, at, 1)}) BETWEEN 48 AND 57`;
}

/** Another number of so many digits. How far it is away follows from the place and all that stands right of it. */
function moved({ text, by }: Walked, at: number, count: number): string {
  const size = 10 ** count;
  const rest = by.comparable(`MID(${text},${at + count})`);
  const distance = `1+CRC32(${by.keyed(`${at}.${count}.`, rest)})%${size - 1}`;
  const number = count === 1 ? `ASCII(${mid(text, at, 1)})-48` : wholeSql(mid(text, at, count));
  const other = `(${number}+${distance})%${size}`;
  return count === 1 ? other : `LPAD(${other},${count},'0')`;
}
