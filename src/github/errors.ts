import { TerminalError, TransientError } from '../domain/failure.ts';

/** What Octokit throws when GitHub answered with an error, or did not answer: then the status is 500 and there is no response. */
interface HttpFailure {
  readonly status: number;
  readonly message: string;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

/** GitHub asks for "at least one minute" when a secondary limit names no time (REST API, "Rate limits"). */
const UNNAMED_PAUSE_SECONDS = 60;

/** True when GitHub said that there is no such thing; never for an answer that did not come. */
export function isNotFound(error: unknown): boolean {
  return isHttpFailure(error) && (error.status === 404 || error.status === 410);
}

/** True when GitHub has nothing newer than what the request said was known. */
export function isNotModified(error: unknown): boolean {
  return isHttpFailure(error) && error.status === 304;
}

/** True when GitHub understood the request and refuses what it says. */
export function isUnprocessable(error: unknown): boolean {
  return isHttpFailure(error) && error.status === 422;
}

/**
 * Calls GitHub and turns what it throws into `TransientError` or `TerminalError`. `doing` says what was being done:
 * `editing the comment`. What is not from GitHub passes as it is.
 */
export async function asking<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw classifyGitHubError(error, doing);
  }
}

/** One place decides what an error of Octokit's means; nothing inward of `github/` looks at a status. */
export function classifyGitHubError(error: unknown, doing: string): unknown {
  if (!isHttpFailure(error)) {
    return isConnectionError(error)
      ? new TransientError('GitHubUnavailable', `${doing}: GitHub did not answer`, { cause: error })
      : error;
  }
  return rateLimitOf(error, doing) ?? transientOf(error, doing) ?? terminalOf(error, doing);
}

function isHttpFailure(error: unknown): error is HttpFailure {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

/** Told by the name: what `fetch` throws is a `DOMException`, which is not an `Error` everywhere. */
function isConnectionError(error: unknown): boolean {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
  return name === 'AbortError' || name === 'TimeoutError';
}

/** 403 or 429, told apart from a refusal by the headers and words that GitHub documents for its two kinds of limit. */
function rateLimitOf(error: HttpFailure, doing: string): TransientError | undefined {
  if (error.status !== 403 && error.status !== 429) {
    return undefined;
  }
  const headers = error.response?.headers ?? {};
  const options = { cause: error, retryAfterSeconds: pauseAskedFor(headers) };
  if (/\bsecondary rate\b|abuse detection|submitted too quickly/i.test(error.message)) {
    return new TransientError('SecondaryRateLimit', `${doing}: GitHub asks Mayfly to slow down`, options);
  }
  if (
    String(headers['x-ratelimit-remaining']) === '0' ||
    error.status === 429 ||
    headers['retry-after'] !== undefined
  ) {
    return new TransientError('RateLimit', `${doing}: the hour's calls to GitHub are spent`, options);
  }
  return undefined;
}

function pauseAskedFor(headers: Readonly<Record<string, string | number | undefined>>): number {
  const retryAfter = Number(headers['retry-after']);
  if (retryAfter > 0) {
    return Math.ceil(retryAfter);
  }
  // Both instants are GitHub's, so a clock of ours that differs does no harm.
  const untilReset = Number(headers['x-ratelimit-reset']) - Date.parse(String(headers['date'])) / 1000;
  return untilReset > 0 ? Math.ceil(untilReset) + 1 : UNNAMED_PAUSE_SECONDS;
}

function transientOf(error: HttpFailure, doing: string): TransientError | undefined {
  if (error.status >= 500 || error.status === 408) {
    const said = error.response ? `GitHub answered ${error.status}` : 'GitHub did not answer';
    return new TransientError('GitHubUnavailable', `${doing}: ${said}`, { cause: error });
  }
  return error.status === 409
    ? new TransientError('GitHubConflict', `${doing}: GitHub was changing the same thing`, { cause: error })
    : undefined;
}

function terminalOf(error: HttpFailure, doing: string): TerminalError {
  const options = { actor: 'operator', cause: error } as const;
  switch (error.status) {
    case 401:
      return new TerminalError('GitHubCredentials', `${doing}: GitHub does not accept the app's credentials`, options);
    case 403: {
      const needed = error.response?.headers['x-accepted-github-permissions'];
      const permission = needed ? `: it needs ${String(needed)}` : '';
      return new TerminalError('GitHubPermission', `${doing}: the app is not allowed to${permission}`, options);
    }
    case 404:
    case 410:
      return new TerminalError(
        'GitHubNotFound',
        `${doing}: GitHub does not have it, or the app may not see it`,
        options,
      );
    default:
      return new TerminalError('GitHubRefused', `${doing}: GitHub refused with ${error.status}`, options);
  }
}
