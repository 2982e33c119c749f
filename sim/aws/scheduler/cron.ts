/** The values that each of the six fields allows. */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  /** Undefined for `?`. */
  readonly daysOfMonth: ReadonlySet<number> | undefined;
  readonly months: ReadonlySet<number>;
  /** 1 is Sunday; undefined for `?`. */
  readonly daysOfWeek: ReadonlySet<number> | undefined;
  readonly years: ReadonlySet<number>;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * Reads `minutes hours day-of-month month day-of-week year`; undefined when it is none. Either kind of day is `?`. The
 * wildcards L, W and # are not known here. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export function cronIn(text: string): Cron | undefined {
  const fields = text.trim().split(/\s+/);
  const isUnsaid = (index: number): boolean => (index === 2 || index === 4) && fields[index] === '?';
  if (fields.length !== 6 || isUnsaid(2) === isUnsaid(4)) {
    return undefined;
  }
  const read = FIELDS.map((field, index) =>
    isUnsaid(index) ? new Set<number>() : valuesIn(fields[index] ?? '', field),
  );
  const [minutes, hours, daysOfMonth, months, daysOfWeek, years] = read;
  if (!minutes || !hours || !daysOfMonth || !months || !daysOfWeek || !years) {
    return undefined;
  }
  return {
    minutes,
    hours,
    daysOfMonth: isUnsaid(2) ? undefined : daysOfMonth,
    months,
    daysOfWeek: isUnsaid(4) ? undefined : daysOfWeek,
    years,
  };
}

interface Field {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: MONTHS },
  { least: 1, most: 7, names: DAYS },
  { least: 1970, most: 2199 },
];

function valuesIn(text: string, field: Field): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [, range = '', step = '1'] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const bounds = boundsIn(range, field, part.includes('/'));
    if (!bounds || Number(step) < 1) {
      return undefined;
    }
    for (let value = bounds[0]; value <= bounds[1]; value += Number(step)) {
      values.add(value);
    }
  }
  return values;
}

function boundsIn(range: string, field: Field, hasStep: boolean): readonly [number, number] | undefined {
  if (range === '*') {
    return [field.least, field.most];
  }
  const [from = '', to] = range.split('-');
  const first = valueOf(from, field);
  const alone = hasStep ? field.most : first;
  const last = to === undefined ? alone : valueOf(to, field);
  return first !== undefined && last !== undefined && first <= last ? [first, last] : undefined;
}

function valueOf(text: string, { least, most, names = [] }: Field): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const value = named === -1 ? Number(/^\d+$/.exec(text)?.[0] ?? Number.NaN) : named + 1;
  return value >= least && value <= most ? value : undefined;
}

const DAY = 86_400_000;
const MOST_DAYS = 366 * 8;

/** The first time after `wall` that all fields allow, by a clock on the wall; undefined when there is none for years. */
export function nextWallTime(cron: Cron, wall: Date): Date | undefined {
  const start = Math.floor(wall.getTime() / DAY) * DAY;
  for (let count = 0; count <= MOST_DAYS; count++) {
    const day = new Date(start + count * DAY);
    const found = isAllowed(cron, day) ? timeOn(cron, day, wall) : undefined;
    if (found) {
      return found;
    }
  }
  return undefined;
}

function isAllowed({ years, months, daysOfMonth, daysOfWeek }: Cron, day: Date): boolean {
  return (
    years.has(day.getUTCFullYear()) &&
    months.has(day.getUTCMonth() + 1) &&
    (daysOfMonth?.has(day.getUTCDate()) ?? true) &&
    (daysOfWeek?.has(day.getUTCDay() + 1) ?? true)
  );
}

function timeOn({ hours, minutes }: Cron, day: Date, after: Date): Date | undefined {
  const times = [...hours].flatMap((hour) => [...minutes].map((minute) => (hour * 60 + minute) * 60_000));
  const instants = times.map((time) => day.getTime() + time).filter((time) => time > after.getTime());
  return instants.length > 0 ? new Date(Math.min(...instants)) : undefined;
}
