import { type Actor, TerminalError, TransientError } from '../../domain/failure.ts';
import type { RunLink } from '../workflow-run.ts';
import type { Attention } from './attention.ts';

/** Why a resource is not well, and when it is looked at again. */
export interface Failure {
  readonly reason: string;
  readonly message: string;
  readonly actor: Actor;
  readonly details: readonly string[];
  /** Null when nothing will change until `actor` has acted. */
  readonly retriesInSeconds: number | null;
  /** The workflow run that it was, where it was one. */
  readonly link?: RunLink;
}

/** People mend such things outside of Mayfly's sight, so they are looked at again, but not often. */
export const TERMINAL_RECHECK_SECONDS = 60;

export interface Failed {
  readonly failure: Failure;
  readonly nextLookSeconds: number;
}

export function terminalFailure({ reason, message, actor, details }: TerminalError): Failure {
  return { reason, message, actor, details, retriesInSeconds: null };
}

/** What a thrown error means for the resource it was thrown for. An error that no adapter classified is reported to `onUnexpected`. */
export function failedBy<S>(
  error: unknown,
  at: { key: string; digest: string; attention: Attention<S>; onUnexpected(key: string, error: unknown): void },
): Failed {
  if (error instanceof TerminalError) {
    return { failure: terminalFailure(error), nextLookSeconds: TERMINAL_RECHECK_SECONDS };
  }
  const known = error instanceof TransientError ? error : undefined;
  const pause = at.attention.pauseAfterFailure(at.key, at.digest, known?.retryAfterSeconds);
  if (!known) {
    at.onUnexpected(at.key, error);
  }
  return {
    failure: {
      reason: known?.reason ?? 'Unexpected',
      message:
        known?.message ??
        'Mayfly met an error it does not know. The operators find it in the log; Mayfly tries again by itself.',
      actor: 'nobody',
      details: [],
      retriesInSeconds: pause,
    },
    nextLookSeconds: pause,
  };
}
