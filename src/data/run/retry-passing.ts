import { TransientError } from '../../domain/failure.ts';
import type { Clock } from '../../reconcile/clock.ts';

interface RetryOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Which reasons are worth another try here. */
  readonly reasons?: readonly string[];
  /** A number that grows while there is progress; then the tries are counted anew. */
  readonly progress: () => number;
}

const TRIES = 10;
const FIRST_SECONDS = 0.1;
const LONGEST_SECONDS = 10;

/** Does `work` again after a failure that passes by itself, with growing pauses, until it has failed ten times in a row. */
export async function retryPassing<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, signal, reasons, progress } = options;
  for (let [tries, seen] = [1, progress()]; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (progress() !== seen) {
        [tries, seen] = [1, progress()];
      }
      const isPassing = error instanceof TransientError && (reasons?.includes(error.reason) ?? true);
      if (!isPassing || signal.aborted || tries >= TRIES) {
        throw error;
      }
    }
    const seconds = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** tries);
    await new Promise((resolve) => setTimeout(resolve, clock.wallMilliseconds(seconds)));
  }
}
