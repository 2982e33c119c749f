import type { Logger } from 'pino';

/** A load balancer waits a few seconds for its answer; who has not answered by then is as good as away. */
const PATIENCE_MILLISECONDS = 2_000;

/** Whether the process can do its work now, for a load balancer that asks every few seconds, or for anybody. */
export interface Health {
  isWell(): Promise<boolean>;
}

/**
 * Well while `check` resolves in time. However many ask at once, one check runs: the page is open to everybody, and a
 * database in trouble is not helped by questions. Only a change of the answer is logged.
 */
export function createHealth({
  check,
  log,
  patienceMilliseconds = PATIENCE_MILLISECONDS,
}: {
  check: () => Promise<void>;
  log: Logger;
  patienceMilliseconds?: number;
}): Health {
  let running: Promise<void> | undefined;
  let wasWell = true;

  async function answered(): Promise<void> {
    running ??= check().finally(() => {
      running = undefined;
    });
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error('no answer in time')), patienceMilliseconds);
    try {
      await Promise.race([running, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async isWell() {
      try {
        await answered();
        wasWell = true;
      } catch (error) {
        if (wasWell) {
          log.error({ err: error }, 'the database or the job queue does not answer');
        }
        wasWell = false;
      }
      return wasWell;
    },
  };
}
