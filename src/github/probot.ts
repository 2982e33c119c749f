import type { Logger } from 'pino';
import { Probot, ProbotOctokit } from 'probot';
import { quietLogger } from '../telemetry/quiet-log.ts';
import { type OctokitLog, sentencesOnly } from './octokit-log.ts';

export interface ProbotOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Where the REST API is; GitHub's own by default. */
  readonly baseUrl?: string;
  readonly log: Logger;
  /**
   * Whether writes are kept apart as GitHub asks: a second between writes, three between comments. Off only where
   * GitHub is the local one and time runs faster than real.
   */
  readonly spacedWrites?: boolean;
  /** Real milliseconds after which a call to GitHub is given up. */
  readonly timeoutMilliseconds?: number;
}

/** A limit that passes within this is waited for on the spot; a longer one is the queue's to wait for. */
const SHORT_PAUSE_SECONDS = 5;

/**
 * Probot with its traps closed (ADR 6): no default secret, no payloads in the log, limits that surface
 * instead of blocking, no retries of its own, and a time limit for every call. Reads no environment and needs no network.
 * Throws unless there is a real webhook secret.
 */
export async function createProbot(options: ProbotOptions): Promise<Probot> {
  refuseWeakSecret(options.webhookSecret);
  const probot = new Probot({
    appId: options.appId,
    privateKey: options.privateKey,
    secret: options.webhookSecret,
    log: quietLogger(options.log),
    Octokit: octokitClass(options.spacedWrites ?? true),
    request: { fetch: fetchWithin(options.timeoutMilliseconds ?? 15_000) },
    ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
  });
  return await probot.ready();
}

/** Probot takes `development` when it is given nothing, in production too: anybody could sign with that. */
function refuseWeakSecret(secret: string): void {
  if (secret.trim().length < 16 || secret === 'development') {
    throw new Error(
      'the webhook secret is missing, too short or the well-known default: set one of at least 16 characters',
    );
  }
}

/** Probot overwrites throttle options given as an object; a function is asked after it (probot/probot#1972). */
function octokitClass(spacedWrites: boolean): typeof ProbotOctokit {
  const onLimit = (...[retryAfter, , , retryCount]: [number, unknown, unknown, number]): boolean =>
    retryAfter <= SHORT_PAUSE_SECONDS && retryCount === 0;
  return ProbotOctokit.defaults((given: { throttle?: object; log?: OctokitLog }) => ({
    ...given,
    ...(given.log && { log: sentencesOnly(given.log) }),
    throttle: { ...given.throttle, enabled: spacedWrites, onRateLimit: onLimit, onSecondaryRateLimit: onLimit },
    retry: { enabled: false },
  }));
}

/** The `fetch` of the moment, so that a test's interception is not missed. */
function fetchWithin(milliseconds: number): typeof fetch {
  return async (input, init) => {
    const limit = AbortSignal.timeout(milliseconds);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    return await globalThis.fetch(input, { ...init, signal });
  };
}
