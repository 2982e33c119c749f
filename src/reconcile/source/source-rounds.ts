import type { Clock } from '../clock.ts';
import type { SourcePassResult } from './refresh-source.ts';
import type { SourceStore } from './source-store.ts';

/** How often somebody looks whether anything was asked for. */
const IDLE_SECONDS = 30;

export interface SourceRoundsPorts {
  readonly store: Pick<SourceStore, 'claimLook'>;
  readonly clock: Clock;
  look(signal: AbortSignal): Promise<SourcePassResult>;
  /** Lets seconds of the clock pass; ends early, without throwing, when the signal aborts. */
  pause(seconds: number, signal: AbortSignal): Promise<void>;
  /** Told what kept a look from being whole. Must not throw. */
  tell(trouble: unknown): void;
}

export interface SourceRounds {
  /** Begins to look at the sources, in the background, unless some process does. To be called often, by any process. */
  callRound(): Promise<void>;
  /** Has the look in hand end, and begins no more. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Looks at the sources by one process of all. While one of them is on its way the next look is seconds away; a process that
 * dies is followed by whichever is called next.
 */
export function createSourceRounds({ store, clock, look, pause, tell }: SourceRoundsPorts): SourceRounds {
  const stopping = new AbortController();
  const { signal } = stopping;
  let inHand: Promise<void> | undefined;

  async function once(): Promise<number | null> {
    try {
      const { requeueAfterSeconds, troubles } = await look(signal);
      troubles.forEach(tell);
      return requeueAfterSeconds;
    } catch (error) {
      if (!signal.aborted) {
        tell(error);
      }
      return IDLE_SECONDS;
    }
  }

  async function rounds(): Promise<void> {
    try {
      for (let seconds = await once(); seconds !== null && !signal.aborted; seconds = await once()) {
        await pause(seconds, signal);
        // Whoever claimed it meanwhile goes on with it.
        if (signal.aborted || !(await store.claimLook(clock.now(), seconds / 2))) {
          return;
        }
      }
    } catch (error) {
      tell(error);
    } finally {
      inHand = undefined;
    }
  }

  return {
    async callRound() {
      if (inHand || signal.aborted || !(await store.claimLook(clock.now(), IDLE_SECONDS))) {
        return;
      }
      inHand ??= rounds();
    },
    async stop() {
      stopping.abort(new Error('this process is stopping'));
      await inHand;
    },
  };
}
