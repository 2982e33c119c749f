import type { Clock } from '../../../src/reconcile/clock.ts';
import type { RunningClock } from '../../clock.ts';

/** A clock that runs in several processes of one machine at once: it stood at `simulated` when the machine's own stood at `real`. */
export interface SharedClock {
  /** Both in milliseconds since 1970. */
  readonly simulated: number;
  readonly real: number;
  /** Simulated seconds for each real one. */
  readonly speed: number;
}

/** As the clock runs now: whoever changes its speed shares it anew. */
export function shareClock(clock: RunningClock): SharedClock {
  return { simulated: clock.now().getTime(), real: Date.now(), speed: clock.speed };
}

export function followClock({ simulated, real, speed }: SharedClock): Clock {
  return {
    now: () => new Date(simulated + (Date.now() - real) * speed),
    wallMilliseconds: (seconds) => (seconds * 1000) / speed,
  };
}
