const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sun 29 Nov 2026, 22:40 UTC`: the same on every machine, whatever its locale. */
export function formatInstant(instant: Date): string {
  return `${formatDay(instant)}, ${instant.toISOString().slice(11, 16)} UTC`;
}

/** `Sun 29 Nov 2026`, in UTC. */
export function formatDay(instant: Date): string {
  return `${DAYS[instant.getUTCDay()]} ${instant.getUTCDate()} ${MONTHS[instant.getUTCMonth()]} ${instant.getUTCFullYear()}`;
}

/** `in 7 days`, `3 hours ago`, `now`: the distance in words, rounded to the unit that people would use. */
export function formatRelative(now: Date, instant: Date): string {
  const seconds = (instant.getTime() - now.getTime()) / 1000;
  const words = distanceInWords(Math.abs(seconds));
  if (words === undefined) {
    return 'now';
  }
  return seconds > 0 ? `in ${words}` : `${words} ago`;
}

function distanceInWords(seconds: number): string | undefined {
  const minutes = Math.round(seconds / 60);
  const hours = Math.round(seconds / 3600);
  if (minutes === 0) {
    return undefined;
  }
  if (minutes < 90) {
    return counted(minutes, 'minute');
  }
  return hours < 36 ? counted(hours, 'hour') : counted(Math.round(seconds / 86_400), 'day');
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
