import { type Keyed, permute } from './feistel.ts';
import type { Target } from './target.ts';

const BITS: Readonly<Record<string, number>> = {
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  int: 32,
  integer: 32,
  bigint: 64,
};

/**
 * Whole numbers of n digits are permuted among those of n digits that the column takes, in two halves. As the last
 * number of a type is seldom the last of a half, a rest above is moved among itself; 0 and the least negative number,
 * which has no counterpart, stay.
 */
export function integerDigitsSql({ value, column }: Target, keyed: Keyed): string {
  const bits = BITS[/^[a-z]+/i.exec(column.columnType)?.[0]?.toLowerCase() ?? ''] ?? 64;
  const isUnsigned = /unsigned/i.test(column.columnType);
  const most = 2n ** BigInt(isUnsigned ? bits : bits - 1) - 1n;
  // ZEROFILL, which is unsigned always, would count the zeros before a number as well.
  const bare = /zerofill/i.test(column.columnType) ? `CAST(${value} AS UNSIGNED)` : value;
  const magnitude = magnitudeSql(isUnsigned ? bare : `ABS(${value})`, most, keyed);
  const stays = isUnsigned ? `${value}=0` : `${value}=0 OR ${value}<-${most}`;
  const masked = isUnsigned ? magnitude : `IF(${value}<0,-1,1)*CAST(${magnitude} AS SIGNED)`;
  return `CASE WHEN ${stays} THEN ${value} WHEN ${value} IS NOT NULL THEN ${masked} END`;
}

/**
 * Decimals of up to 18 digits: what is left without the point is permuted as a whole number, and the point comes back. So
 * 12.50 has two digits before it and two behind it, and so has what becomes of it.
 */
export function decimalDigitsSql(value: string, { digits, scale }: DecimalForm, keyed: Keyed): string {
  const whole = `CAST(ABS(${value})*${10n ** BigInt(scale)} AS UNSIGNED)`;
  const magnitude = `CAST(${magnitudeSql(whole, 10n ** BigInt(digits) - 1n, keyed)} AS DECIMAL(${digits},0))`;
  const unit = scale === 0 ? '1' : `0.${'1'.padStart(scale, '0')}`;
  return `CASE WHEN ${value}=0 THEN ${value} WHEN ${value} IS NOT NULL THEN IF(${value}<0,-1,1)*${magnitude}*${unit} END`;
}

export interface DecimalForm {
  /** Of both sides of the point together. */
  readonly digits: number;
  /** Behind the point. */
  readonly scale: number;
}

function magnitudeSql(size: string, most: bigint, keyed: Keyed): string {
  const branches = Array.from({ length: String(most).length }, (_, index) => {
    const digits = index + 1;
    return `WHEN ${digits} THEN ${permuted({ size, digits, most, keyed })}`;
  });
  return `CASE LENGTH(${size}) ${branches.join(' ')} END`;
}

function permuted(of: { size: string; digits: number; most: bigint; keyed: Keyed }): string {
  const { size, digits, keyed } = of;
  const least = 10n ** BigInt(digits - 1);
  const last = of.most < least * 10n - 1n ? of.most : least * 10n - 1n;
  const count = last - least + 1n;
  const offset = `(${size}-${least})`;
  if (digits === 1) {
    return shifted({ offset, from: 0n, count, least, keyed });
  }
  const right = 10n ** BigInt(Math.floor(digits / 2));
  const left = count / right;
  const rest = left * right;
  const [first, second] = permute(
    { sql: `(${offset} DIV ${right})`, size: String(left) },
    { sql: `(${offset}%${right})`, size: String(right) },
    keyed,
  );
  const whole = `${least}+${first}*${right}+${second}`;
  return rest === count
    ? whole
    : `IF(${offset}<${rest},${whole},${shifted({ offset, from: rest, count: count - rest, least, keyed })})`;
}

/** Few numbers in a row, moved round by one distance that the key gives. */
function shifted(of: { offset: string; from: bigint; count: bigint; least: bigint; keyed: Keyed }): string {
  const { offset, from, count, least, keyed } = of;
  if (count === 1n) {
    return String(least + from);
  }
  return `${least + from}+(${offset}-${from}+1+CRC32(${keyed(`row ${least + from}`, "''")})%${count - 1n})%${count}`;
}
