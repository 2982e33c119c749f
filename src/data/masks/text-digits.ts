import { type Keyed, permute } from './feistel.ts';

/** As many digits as both halves have in the numbers of a digest. */
const LONGEST_NUMBER = 18;
const STRIDE = 16;

/**
 * A text of 2 to 18 digits and nothing else is permuted as a whole. In any other, each digit is moved by 1 to 9, and how
 * far follows from all that stands right of it and from its place: going from right to left, every step can be undone,
 * so different texts come out different. The last digits of equal endings come out equal.
 *
 * ASCII only: digits of other scripts stay, as letters do.
 */
export function textDigitsSql(value: string, maxLength: number, keyed: Keyed): string {
  const text = `CONVERT(${value} USING utf8mb4)`;
  const anyText = characters({ text, from: 1, maxLength, keyed });
  if (maxLength < 2) {
    return anyText;
  }
  const half = `(CHAR_LENGTH(${text}) DIV 2)`;
  const rest = `(CHAR_LENGTH(${text})-${half})`;
  const [left, right] = permute(
    { sql: `LEFT(${text},${half})`, size: powerOfTen(half) },
    { sql: `SUBSTR(${text},1+${half})`, size: powerOfTen(rest) },
    keyed,
  );
  const number = `CONCAT(LPAD(${left},${half},'0'),LPAD(${right},${rest},'0'))`;
  const isNumber = `${text} REGEXP '^[0-9]{2,${LONGEST_NUMBER}}$'`;
  return `IF(${isNumber},${number},${anyText})`;
}

function powerOfTen(exponent: string): string {
  const powers = Array.from(
    { length: LONGEST_NUMBER / 2 },
    (_, index) => `WHEN ${index + 1} THEN ${10 ** (index + 1)}`,
  );
  return `CASE ${exponent} ${powers.join(' ')} END`;
}

/** In strides, so that a short text in a long column costs no more than its length. */
function characters(of: { text: string; from: number; maxLength: number; keyed: Keyed }): string {
  const { text, from, maxLength, keyed } = of;
  const to = Math.min(from + STRIDE - 1, maxLength);
  const places = Array.from({ length: to - from + 1 }, (_, index) => character(text, from + index, keyed));
  if (to < maxLength) {
    places.push(`IF(CHAR_LENGTH(${text})>${to},${characters({ ...of, from: to + 1 })},'')`);
  }
  return `CONCAT(${places.join(',')})`;
}

/** ASCII() is the first byte: no other character has that of a digit in UTF-8, whatever a collation takes for one. */
function character(text: string, at: number, keyed: Keyed): string {
  const one = `MID(${text},${at},1)`;
  const shift = `1+CRC32(${keyed(`CONCAT('${at}.',MID(${text},${at + 1}))`)})%9`;
  return `IF(ASCII(${one}) BETWEEN 48 AND 57,(ASCII(${one})-48+${shift})%10,${one})`;
}
