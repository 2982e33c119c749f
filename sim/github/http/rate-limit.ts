import { GitHubError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { type Caller, rateLimitKey } from './caller.ts';

export interface RateLimits {
  /** Counts one request. Throws a 403 when none was left. */
  use(caller: Caller): void;
  /** Takes back what `use` counted: a 304 to a caller who said who they are is free of charge. */
  refund(caller: Caller): void;
  headers(caller: Caller): { [name: string]: string };
  overview(caller: Caller): JsonObject;
  /** Leaves nothing until the window ends. */
  exhaust(caller: Caller): void;
}

interface Window {
  used: number;
  resetAt: number;
}

const windowSeconds = 3600;

function limitOf(caller: Caller): number {
  return caller.kind === 'anonymous' ? 60 : 5000;
}

export function primaryLimitExceeded(caller: Caller): GitHubError {
  return new GitHubError(403, `API rate limit exceeded for ${rateLimitKey(caller)}.`);
}

/** The secondary limit, which Octokit knows by its words. */
export function secondaryLimitExceeded(retryAfterSeconds: number): GitHubError {
  return new GitHubError(
    403,
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    { headers: { 'retry-after': String(retryAfterSeconds) } },
  );
}

/** The hourly limit of each caller. */
export function createRateLimits(clientNow: () => Date): RateLimits {
  const windows = new Map<string, Window>();

  function windowOf(caller: Caller): Window {
    const key = rateLimitKey(caller);
    const nowSeconds = Math.floor(clientNow().getTime() / 1000);
    const known = windows.get(key);
    if (known && known.resetAt > nowSeconds) {
      return known;
    }
    const fresh = { used: 0, resetAt: nowSeconds + windowSeconds };
    windows.set(key, fresh);
    return fresh;
  }

  return {
    use(caller) {
      const window = windowOf(caller);
      if (window.used >= limitOf(caller)) {
        throw primaryLimitExceeded(caller);
      }
      window.used += 1;
    },
    refund(caller) {
      windowOf(caller).used -= 1;
    },
    headers(caller) {
      const { used, resetAt } = windowOf(caller);
      return {
        'x-ratelimit-limit': String(limitOf(caller)),
        'x-ratelimit-remaining': String(limitOf(caller) - used),
        'x-ratelimit-reset': String(resetAt),
        'x-ratelimit-resource': 'core',
        'x-ratelimit-used': String(used),
      };
    },
    overview(caller) {
      const { used, resetAt: reset } = windowOf(caller);
      const limit = limitOf(caller);
      const core = { limit, remaining: limit - used, reset, used };
      return { resources: { core, search: { limit: 30, remaining: 30, reset, used: 0 } }, rate: core };
    },
    exhaust(caller) {
      windowOf(caller).used = limitOf(caller);
    },
  };
}
