import { backoffSeconds } from '../pacing.ts';

/** What is due within it is looked at with what is due now: looks that fall together can be one call, and are one pass. */
const MOMENT_MS = 250;

interface Glance<S> {
  /** Of what was wanted at that look. */
  readonly digest: string;
  /** The first look at this. */
  readonly since: Date;
  readonly dueAt: number;
  readonly failures: number;
  readonly standing: S;
}

/**
 * Which resources of an environment are worth a call now. Without it, each pass would look at everything again because
 * one thing was due. It is a memory of looks, not of facts: a restart, a change of what is wanted, or the due instant
 * makes the next pass look.
 */
export interface Attention<S> {
  /** Where the resource stood at the last look; undefined when it is time to look again. */
  recall(key: string, digest: string, now: Date): S | undefined;
  /** When this was first looked at; `now` when it never was. */
  since(key: string, digest: string, now: Date): Date;
  /** Remembers a look; the next one is due after `seconds`. */
  settle(key: string, look: { digest: string; standing: S; now: Date; seconds: number }): void;
  /** Seconds to pause after one more failure in a row at the same thing. */
  pauseAfterFailure(key: string, digest: string, askedFor: number | undefined): number;
  /** Remembers a look that failed. */
  fail(key: string, look: { digest: string; standing: S; now: Date; seconds: number }): void;
  /** Seconds until the first of these is due; null when nothing is. */
  secondsToNext(keys: Iterable<string>, now: Date): number | null;
  forget(): void;
}

export function createAttention<S>(): Attention<S> {
  const glances = new Map<string, Glance<S>>();

  const since = (key: string, digest: string, now: Date): Date => {
    const glance = glances.get(key);
    return glance?.digest === digest ? glance.since : now;
  };

  const failuresOf = (key: string, digest: string): number => {
    const glance = glances.get(key);
    return glance?.digest === digest ? glance.failures : 0;
  };

  return {
    since,
    recall(key, digest, now) {
      const glance = glances.get(key);
      return glance && glance.digest === digest && glance.dueAt > now.getTime() + MOMENT_MS
        ? glance.standing
        : undefined;
    },
    settle(key, { digest, standing, now, seconds }) {
      glances.set(key, {
        digest,
        standing,
        since: since(key, digest, now),
        dueAt: now.getTime() + seconds * 1000,
        failures: 0,
      });
    },
    pauseAfterFailure: (key, digest, askedFor) => backoffSeconds(failuresOf(key, digest) + 1, askedFor),
    fail(key, { digest, standing, now, seconds }) {
      const failures = failuresOf(key, digest) + 1;
      glances.set(key, {
        digest,
        standing,
        since: since(key, digest, now),
        dueAt: now.getTime() + seconds * 1000,
        failures,
      });
    },
    secondsToNext(keys, now) {
      let next: number | null = null;
      for (const key of keys) {
        const dueAt = glances.get(key)?.dueAt;
        if (dueAt !== undefined) {
          next = Math.min(next ?? Number.POSITIVE_INFINITY, Math.max(0, (dueAt - now.getTime()) / 1000));
        }
      }
      return next;
    },
    forget: () => glances.clear(),
  };
}
