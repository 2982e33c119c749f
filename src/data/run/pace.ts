import type { Clock } from '../../reconcile/clock.ts';

/** How many rows one chunk takes, so that it holds its locks about half a second. */
export interface Pace {
  rows(): number;
  /** Does the work of one chunk and learns from how long it took. */
  timed<T>(work: () => Promise<T>): Promise<T>;
}

const CHUNK_MILLISECONDS = 500;
const STEP = 2;
const MOST = 25;

export function createPace(clock: Clock, firstRows: number): Pace {
  let size = firstRows;
  return {
    rows: () => Math.round(size),
    async timed(work) {
      // Of the size as it was then: others may have learned meanwhile.
      const [before, start] = [size, clock.now().getTime()];
      const result = await work();
      const factor = CHUNK_MILLISECONDS / Math.max(1, clock.now().getTime() - start);
      size = before * Math.min(STEP, Math.max(1 / STEP, factor));
      size = Math.min(firstRows * MOST, Math.max(Math.min(100, firstRows), size));
      return result;
    },
  };
}
