import type { Passing } from './passing.ts';

/**
 * From the third on, requests of one kind about one thing are one point: such are looks at something that is on its way
 * and edits of a comment that tells of it. They differ in nothing but the time, and how many there are is a matter of how
 * fast the machine is.
 */
const TOLD_APART = 3;

/** A request of a journey that can be found again in another run of it: an operation about something, for the nth time. */
export interface Point {
  /** `aws rds:CreateDBInstance nonprod-pr-N 1` */
  readonly id: string;
  readonly side: Passing['side'];
  readonly operation: string;
  readonly mutates: boolean;
}

export interface Counting {
  /** Counts the request for one environment, and says which point that is. */
  count(passing: Passing, environment: string): Point;
  /** Begins again: with a new journey. */
  reset(): void;
}

export function createCounting(): Counting {
  const counts = new Map<string, number>();
  return {
    count(passing, environment) {
      const { side, operation, subject, mutates } = passing;
      const about = `${side} ${operation}${subject === '' ? '' : ` ${subject}`}`;
      const key = `${environment} ${about}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      const nth = count >= TOLD_APART ? `${TOLD_APART}+` : String(count);
      return { id: `${about} ${nth}`, side, operation, mutates };
    },
    reset: () => counts.clear(),
  };
}
