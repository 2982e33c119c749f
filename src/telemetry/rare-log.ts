import type { Logger } from 'pino';

/** Warns the 1st, 2nd, 4th, 8th… time, with how often it was: trouble is noticed, a flood does not fill the disk. */
export function createRareLog(log: Logger, message: string): { count(): void } {
  let times = 0;
  return {
    count() {
      times += 1;
      if (Number.isInteger(Math.log2(times))) {
        log.warn({ times }, message);
      }
    },
  };
}
