import { Interrupted } from './refusal.ts';

/** Whether somebody asked for the end of the program, by Ctrl-C or SIGTERM. */
export interface Interruption {
  asked(): boolean;
  /** Throws `Interrupted` once it was asked for. */
  throwIfAsked(): void;
  /** Calls back at every wish for the end, until the function it returns is called. */
  onAsked(callback: () => void): () => void;
}

/** npm passes a Ctrl-C on that the terminal has sent already: within this time, two are one. */
const SAME_WISH_MS = 1000;

interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/** `now` in milliseconds. */
export function createInterruption(source: SignalSource, now: () => number): Interruption {
  const callbacks = new Set<() => void>();
  let askedAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    source.on(signal, () => {
      const isSame = askedAt !== undefined && now() - askedAt < SAME_WISH_MS;
      askedAt = now();
      if (!isSame) {
        for (const callback of callbacks) {
          callback();
        }
      }
    });
  }
  return {
    asked: () => askedAt !== undefined,
    throwIfAsked() {
      if (askedAt !== undefined) {
        throw new Interrupted('Ended before the next step.');
      }
    },
    onAsked(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
  };
}
