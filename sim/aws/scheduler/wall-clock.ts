/**
 * Times of day in a time zone are kept as a Date whose UTC fields are those that a clock on a wall there shows. Only
 * these two functions know the difference.
 */
export function wallTime(instant: Date, zone: string): Date {
  return new Date(instant.getTime() + offsetAt(instant, zone));
}

/**
 * The instant at which a clock in the zone shows that time: when clocks go back, the first of two; when they go forward,
 * a time that is skipped counts from the offset before.
 */
export function instantOf(wall: Date, zone: string): Date {
  const before = offsetAt(new Date(wall.getTime() - DAY), zone);
  const first = new Date(wall.getTime() - before);
  if (offsetAt(first, zone) === before) {
    return first;
  }
  const after = offsetAt(new Date(wall.getTime() + DAY), zone);
  const second = new Date(wall.getTime() - after);
  return offsetAt(second, zone) === after ? second : first;
}

const DAY = 86_400_000;

/** Milliseconds ahead of UTC. */
function offsetAt(instant: Date, zone: string): number {
  if (zone === 'UTC') {
    return 0;
  }
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -size : size;
}

export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
