import type { Clock } from '../reconcile/clock.ts';

const LONGEST_PAUSE_SECONDS = 300;
/** pg-boss takes fractions of a second; below this, a clock that stands still would make a pause a busy loop. */
const SHORTEST_WALL_MS = 20;

/** Seconds of the clock to leave alone what failed `failures` times in a row: 2, 4, 8, … and no more than five minutes. */
export function pauseSeconds(failures: number): number {
  return Math.min(2 ** failures, LONGEST_PAUSE_SECONDS);
}

/** Whole real milliseconds, never none. */
export function wallMilliseconds(clock: Clock, seconds: number): number {
  return Math.max(Math.ceil(clock.wallMilliseconds(seconds)), SHORTEST_WALL_MS);
}
