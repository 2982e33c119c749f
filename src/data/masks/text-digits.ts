import { type Keyed, permute } from './feistel.ts';

/** As many digits as both halves have in the numbers of a digest. */
const LONGEST_NUMBER = 18;
/** So many characters are asked for at once whether there is anything to do. */
const GROUP = 4;

/**
 * A text of 2 to 18 digits and nothing else is permuted as a whole. In any other, going from right to left in groups of
 * four characters, four digits become another number of four, or else two of two, or one another one. How far each is
 * moved follows from its place and all that stands right of it, so every step can be undone: different texts come out
 * different. The last digits of equal endings come out equal.
 *
 * ASCII only: digits of other scripts stay, as letters do.
 *
 * @param text in UTF-8
 */
export function textDigitsSql(text: string, maxLength: number, keyed: Keyed): string {
  const anyText = groups({ text, from: 1, maxLength, keyed });
  if (maxLength < 2) {
    return anyText;
  }
  const numbers = Array.from({ length: Math.min(maxLength, LONGEST_NUMBER) - 1 }, (_, nth) => nth + 2).map(
    (length) => `WHEN ${length} THEN ${wholeNumber(text, length, keyed)}`,
  );
  // Not `^[0-9]+$`: before a line feed at its end, a text ends, too.
  return (
    `CASE WHEN ${text} NOT REGEXP '[0-9]' THEN ${text} ` +
    `WHEN CHAR_LENGTH(${text}) BETWEEN 2 AND ${LONGEST_NUMBER} AND ${text} NOT REGEXP '[^0-9]' ` +
    `THEN CASE CHAR_LENGTH(${text}) ${numbers.join(' ')} END ELSE ${anyText} END`
  );
}

function wholeNumber(text: string, length: number, keyed: Keyed): string {
  const half = Math.floor(length / 2);
  const rest = length - half;
  const [left, right] = permute(
    { sql: `LEFT(${text},${half})`, size: 10 ** half },
    { sql: `RIGHT(${text},${rest})`, size: 10 ** rest },
    keyed,
  );
  return `CONCAT(LPAD(${left},${half},'0'),LPAD(${right},${rest},'0'))`;
}

interface Walked {
  readonly text: string;
  readonly from: number;
  readonly maxLength: number;
  readonly keyed: Keyed;
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

/** So many characters: as one number where all are digits, and otherwise in halves. */
function digitsAt({ text, from, maxLength, keyed }: Walked, count: number): string {
  if (count === 1) {
    return character(text, from, keyed);
  }
  const first = Math.ceil(count / 2);
  const halves = [
    digitsAt({ text, from, maxLength, keyed }, first),
    digitsAt({ text, from: from + first, maxLength, keyed }, count - first),
  ];
  if (count === 3) {
    return `CONCAT(${halves.join(',')})`;
  }
  const all = `MID(${text},${from},${count})`;
  const size = 10 ** count;
  const moved = `LPAD((${all}+1+${distance({ text, from, count, keyed })}%${size - 1})%${size},${count},'0')`;
  return `IF(${all} REGEXP '^[0-9]{${count}}$',${moved},CONCAT(${halves.join(',')}))`;
}

/** ASCII() is the first byte: no other character has that of a digit in UTF-8, whatever a collation takes for one. */
function character(text: string, at: number, keyed: Keyed): string {
  const one = `MID(${text},${at},1)`;
  const moved = `(ASCII(${one})-47+${distance({ text, from: at, count: 1, keyed })}%9)%10`;
  return `IF(ASCII(${one}) BETWEEN 48 AND 57,${moved},${one})`;
}

function distance({ text, from, count, keyed }: { text: string; from: number; count: number; keyed: Keyed }): string {
  return `CRC32(${keyed(`CONCAT('${from}.${count}.',MID(${text},${from + count}))`)})`;
}
