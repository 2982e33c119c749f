import { quoted } from './quoted.ts';

export type ParsedDuration =
  | { readonly ok: true; readonly seconds: number }
  /** `problem` is a phrase that says what is wrong and what is allowed; see `DURATION_EXAMPLE` for an example. */
  | { readonly ok: false; readonly problem: string };

export const DURATION_EXAMPLE = '3d';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Longer ones are mistakes, and would in the end not fit a date. */
const MAX_SECONDS = 52 * WEEK;

const SECONDS_BY_UNIT: ReadonlyMap<string, number> = new Map([
  ...['w', 'week', 'weeks'].map((unit) => [unit, WEEK] as const),
  ...['d', 'day', 'days'].map((unit) => [unit, DAY] as const),
  ...['h', 'hr', 'hrs', 'hour', 'hours'].map((unit) => [unit, HOUR] as const),
  ...['m', 'min', 'mins', 'minute', 'minutes'].map((unit) => [unit, MINUTE] as const),
  ...['s', 'sec', 'secs', 'second', 'seconds'].map((unit) => [unit, 1] as const),
]);

/** Reads `3d`, `12h`, `1w2d`, `30m`, `90s`: whole numbers, any case, spaces allowed, every unit once, at most 52 weeks. */
export function parseDuration(text: string): ParsedDuration {
  const compact = text.trim().toLowerCase();
  if (compact === '') {
    return refused('a duration is missing');
  }
  const parts = [...compact.matchAll(/(\d+)\s*(\p{L}+)\s*/gu)];
  if (parts.map(([part]) => part).join('') !== compact) {
    return refused(`${quoted(text)} is not a duration: write whole numbers, each with w, d, h or m`);
  }
  return sumOf(
    parts.map(([, count, unit]) => ({ count: Number(count), unit: unit ?? '' })),
    text,
  );
}

function sumOf(parts: readonly { count: number; unit: string }[], text: string): ParsedDuration {
  const seen = new Set<number>();
  let seconds = 0;
  for (const { count, unit } of parts) {
    const unitSeconds = SECONDS_BY_UNIT.get(unit);
    if (unitSeconds === undefined) {
      return refused(`${quoted(unit)} is not a unit of time: use w, d, h or m`);
    }
    if (seen.has(unitSeconds)) {
      return refused(`${quoted(text)} names the same unit twice`);
    }
    seen.add(unitSeconds);
    seconds += count * unitSeconds;
  }
  if (seconds === 0) {
    return refused(`${quoted(text)} is no time at all`);
  }
  return seconds > MAX_SECONDS ? refused(`${quoted(text)} is more than 52 weeks`) : { ok: true, seconds };
}

/** The two largest units, as people say them: `3 days 4 h`, `6 min 12 s`. Parts of a second are dropped. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const units: readonly (readonly [size: number, name: (count: number) => string])[] = [
    [DAY, (count) => (count === 1 ? 'day' : 'days')],
    [HOUR, () => 'h'],
    [MINUTE, () => 'min'],
    [1, () => 's'],
  ];
  const largest = units.findIndex(([size]) => whole >= size);
  if (largest === -1) {
    return '0 s';
  }
  let rest = whole;
  const words: string[] = [];
  for (const [size, name] of units.slice(largest, largest + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) {
      words.push(`${count} ${name(count)}`);
    }
  }
  return words.join(' ');
}

function refused(problem: string): ParsedDuration {
  return { ok: false, problem };
}
