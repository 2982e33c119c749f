/** A schedule as cron writes it, in UTC: the minutes, hours, days, months and days of the week that it names. */
interface Schedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** From 0, a Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** Both named: either will do (crontab(5)). */
  readonly eitherDay: boolean;
}

const FIELDS = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12 },
  { name: 'day of the week', from: 0, to: 7 },
] as const;

const DAY_MILLISECONDS = 86_400_000;
/** The rarest day there is, 29 February, is in every eight years. */
const MOST_DAYS = 8 * 366 + 1;

/** What is wrong with a schedule; undefined when nothing is. */
export function cronProblem(text: string): string | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return 'must be five fields, as `0 3 * * 1`: minute, hour, day, month and day of the week, in UTC';
  }
  const wrong = FIELDS.find((field, index) => valuesOf(fields[index] ?? '', field) === undefined);
  return wrong && `has a ${wrong.name} that is none`;
}

/** The last instant that the schedule names, up to `now`; undefined when it names none. */
export function lastDue(text: string, now: Date): Date | undefined {
  const schedule = parse(text);
  const minutesOfDay = [...schedule.hours].flatMap((hour) => [...schedule.minutes].map((minute) => hour * 60 + minute));
  const latestFirst = minutesOfDay.toSorted((a, b) => b - a);
  const today = Math.floor(now.getTime() / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  for (let back = 0; back < MOST_DAYS; back += 1) {
    const day = today - back * DAY_MILLISECONDS;
    const minute = isNamed(schedule, new Date(day)) && latestFirst.find((one) => day + one * 60_000 <= now.getTime());
    if (typeof minute === 'number') {
      return new Date(day + minute * 60_000);
    }
  }
  return undefined;
}

function isNamed({ days, months, weekdays, eitherDay }: Schedule, day: Date): boolean {
  const isDay = days.has(day.getUTCDate());
  const isWeekday = weekdays.has(day.getUTCDay());
  return months.has(day.getUTCMonth() + 1) && (eitherDay ? isDay || isWeekday : isDay && isWeekday);
}

function parse(text: string): Schedule {
  const problem = cronProblem(text);
  if (problem !== undefined) {
    throw new Error(`the schedule ${problem}`);
  }
  const fields = text.trim().split(/\s+/);
  const [minutes, hours, days, months, weekdays] = FIELDS.map(
    (field, index) => new Set(valuesOf(fields[index] ?? '', field)),
  );
  const none = new Set<number>();
  return {
    minutes: minutes ?? none,
    hours: hours ?? none,
    days: days ?? none,
    months: months ?? none,
    weekdays: new Set([...(weekdays ?? none)].map((day) => day % 7)),
    eitherDay: !(fields[2]?.startsWith('*') || fields[4]?.startsWith('*')),
  };
}

interface Bounds {
  readonly from: number;
  readonly to: number;
}

/** Of a list by commas; undefined when a part of it is nothing that cron knows. */
function valuesOf(text: string, bounds: Bounds): number[] | undefined {
  const parts = text.split(',').map((part) => rangeOf(part, bounds));
  return parts.includes(undefined) ? undefined : parts.flatMap((values) => values ?? []);
}

/** Of `*`, `5` or `1-5`, each with a step as in `1-5/2`. */
function rangeOf(text: string, { from, to }: Bounds): number[] | undefined {
  const read = /^(?:\*|(?<first>\d{1,2})(?:-(?<last>\d{1,2}))?)(?:\/(?<step>\d{1,2}))?$/.exec(text)?.groups;
  if (!read) {
    return undefined;
  }
  const { first = String(from), last = read['first'] ?? String(to), step = '1' } = read;
  const [low, high, every] = [Number(first), Number(last), Number(step)];
  return low < from || high > to || low > high || every === 0
    ? undefined
    : Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, index) => low + index * every);
}
