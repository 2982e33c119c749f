import { TerminalError, TransientError } from '../../domain/failure.ts';

/** With the pauses between them this is about half an hour, in which most outages end. */
export const TRIES = 12;
const LONGEST_PAUSE_SECONDS = 300;
/** GitHub asks for no longer pause than until its hour is over. What is to be left alone for longer is of a clock that has been set back. */
const LONGEST_WAIT_SECONDS = 2 * 3600;

/**
 * Seconds to leave alone what was tried in vain for the `tries`th time: 2, 4, 8, … and no more than five minutes, unless
 * GitHub asks for more. Null when it is to be given up: it was tried often enough, or the answer would be the same.
 */
export function pauseAfter(tries: number, error: unknown): number | null {
  if (error instanceof TerminalError || tries >= TRIES) {
    return null;
  }
  const asked = error instanceof TransientError ? (error.retryAfterSeconds ?? 0) : 0;
  return Math.max(asked, Math.min(2 ** tries, LONGEST_PAUSE_SECONDS));
}

/** Seconds for which it is still to be left alone; none when it is due. */
export function waitUntil(notBefore: Date | null, now: Date): number {
  const wait = notBefore === null ? 0 : (notBefore.getTime() - now.getTime()) / 1000;
  return wait > LONGEST_WAIT_SECONDS ? 0 : Math.max(0, wait);
}
