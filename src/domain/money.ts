/** A sum in millionths of a unit of some currency: a whole number, so that nothing drifts however often it is added up. */
export type Micros = number;

/** Between what it comes to at least and at most; equal where it is known. */
export interface MoneyRange {
  readonly low: Micros;
  readonly high: Micros;
}

/** `perUsd` is what one dollar comes to, in millionths. */
export interface Currency {
  readonly code: string;
  readonly perUsd: Micros;
}

export const USD: Currency = { code: 'USD', perUsd: 1_000_000 };
export const NOTHING_SPENT: MoneyRange = { low: 0, high: 0 };

const DAY_MS = 86_400_000;
const SYMBOLS: Readonly<Record<string, string>> = { USD: '$', GBP: '£', EUR: '€' };

/** `amount * times / per`, to the nearest whole number. The product may be larger than a number holds exactly. */
export function proportion(amount: Micros, times: number, per: number): Micros {
  const product = BigInt(amount) * BigInt(Math.round(times));
  const divisor = BigInt(per);
  const half = divisor / 2n;
  return Number((product < 0n ? product - half : product + half) / divisor);
}

/** What a rate a day comes to in so many milliseconds. */
export function spentIn(perDay: Micros, milliseconds: number): Micros {
  return proportion(perDay, milliseconds, DAY_MS);
}

export function plus(one: MoneyRange, other: MoneyRange): MoneyRange {
  return { low: one.low + other.low, high: one.high + other.high };
}

export function inCurrency({ low, high }: MoneyRange, { perUsd }: Currency): MoneyRange {
  return { low: proportion(low, perUsd, 1_000_000), high: proportion(high, perUsd, 1_000_000) };
}

/**
 * What is said now where `before` was said before: the same, until either end has moved by more than a tenth. Whoever reads
 * it would learn nothing of less, and a comment would change with every look.
 */
export function steady(before: MoneyRange | null, now: MoneyRange): MoneyRange {
  const moved = (was: Micros, is: Micros): boolean => Math.abs(is - was) * 10 > Math.abs(was);
  return before && !moved(before.low, now.low) && !moved(before.high, now.high) ? before : now;
}

/** Two significant figures and never less than a hundredth: `£3.10`, `£22`, `£0.04`, `£310`. */
export function formatMoney(amount: Micros, code: string): string {
  const units = amount / 1_000_000;
  const rounded = units === 0 ? 0 : Number(units.toPrecision(2));
  const digits = Math.abs(rounded) < 10 ? rounded.toFixed(2) : String(rounded);
  const symbol = SYMBOLS[code] ?? `${code} `;
  return amount > 0 && amount < 5000 ? `less than ${symbol}0.01` : `${symbol}${digits}`;
}

/** `about £3.10`, or `about £2.20 to £6.10` where it is not known more exactly. */
export function formatRange({ low, high }: MoneyRange, code: string): string {
  const [least, most] = [formatMoney(low, code), formatMoney(high, code)];
  if (least === most) {
    return least.startsWith('less') ? least : `about ${least}`;
  }
  return low < 5000 ? `up to about ${most}` : `about ${least} to ${most}`;
}
