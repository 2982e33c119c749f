import { type Cron, cronIn, nextWallTime } from './cron.ts';
import { instantOf, wallTime } from './wall-clock.ts';

/** When a schedule is due. */
export type Expression =
  | { readonly kind: 'at'; readonly wall: Date }
  | { readonly kind: 'rate'; readonly seconds: number }
  | { readonly kind: 'cron'; readonly cron: Cron };

const SECONDS = { minute: 60, hour: 3600, day: 86_400 };

/** Undefined when it is none. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export function expressionIn(text: string): Expression | undefined {
  const [, kind, inner = ''] = /^(at|rate|cron)\((.*)\)$/.exec(text) ?? [];
  if (kind === 'at') {
    return atIn(inner);
  }
  if (kind === 'rate') {
    return rateIn(inner);
  }
  const cron = kind === 'cron' ? cronIn(inner) : undefined;
  return cron && { kind: 'cron', cron };
}

function atIn(text: string): Expression | undefined {
  const wall = new Date(`${text}Z`);
  const isWhole = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text) && !Number.isNaN(wall.getTime());
  return isWhole && wall.toISOString().startsWith(text) ? { kind: 'at', wall } : undefined;
}

function rateIn(text: string): Expression | undefined {
  const [, value = '0', unit] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(text) ?? [];
  return unit === undefined
    ? undefined
    : { kind: 'rate', seconds: Number(value) * SECONDS[unit as keyof typeof SECONDS] };
}

export interface Bounds {
  readonly zone: string;
  /** A rate counts from here: its start date, or when it was made. */
  readonly anchor: Date;
}

/** The first instant after `now` at which it is due; undefined when it never is again. */
export function nextAfter(expression: Expression, now: Date, { zone, anchor }: Bounds): Date | undefined {
  switch (expression.kind) {
    case 'at': {
      const instant = instantOf(expression.wall, zone);
      return instant > now ? instant : undefined;
    }
    case 'rate': {
      const period = expression.seconds * 1000;
      const gone = Math.floor((now.getTime() - anchor.getTime()) / period);
      return new Date(anchor.getTime() + Math.max(gone + 1, 0) * period);
    }
    case 'cron': {
      const wall = nextWallTime(expression.cron, wallTime(now, zone));
      return wall && instantOf(wall, zone);
    }
  }
}
