import { describe, expect, it } from '@jest/globals';
import { TerminalError, TransientError } from '../../src/domain/failure.ts';
import { asking, classifyGitHubError, isNotFound } from '../../src/github/errors.ts';

type Headers = Record<string, string>;

/** As Octokit throws it. */
function answered(
  status: number,
  { message = 'no', headers = {} }: { message?: string; headers?: Headers } = {},
): Error {
  return Object.assign(new Error(message), { name: 'HttpError', status, response: { status, headers, data: {} } });
}

const unanswered = Object.assign(new Error('ECONNRESET'), { name: 'HttpError', status: 500 });
const date = 'Sun, 22 Nov 2026 22:40:00 GMT';
const reset = String(Date.parse(date) / 1000 + 90);

describe('an error of GitHub', () => {
  it.each<[reason: string, error: Error, retryAfterSeconds: number | undefined, why: string]>([
    ['GitHubUnavailable', answered(502), undefined, 'a server error'],
    ['GitHubUnavailable', unanswered, undefined, 'a lost connection'],
    ['GitHubUnavailable', new DOMException('took too long', 'TimeoutError'), undefined, 'our own time limit'],
    ['GitHubConflict', answered(409), undefined, 'two writes at once'],
    [
      'RateLimit',
      answered(403, { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset, date } }),
      91,
      'the hour is spent',
    ],
    ['RateLimit', answered(429), 60, 'too many, and no time named'],
    ['RateLimit', answered(403, { headers: { 'retry-after': '7' } }), 7, 'a time is named'],
    ['SecondaryRateLimit', answered(403, { message: 'You have exceeded a secondary rate limit' }), 60, 'no time named'],
    [
      'SecondaryRateLimit',
      answered(403, { message: 'a secondary rate limit', headers: { 'retry-after': '3' } }),
      3,
      'a time is named',
    ],
  ])('is transient, %s, for %s', (reason, error, retryAfterSeconds) => {
    const classified = classifyGitHubError(error, 'reading');
    expect(classified).toBeInstanceOf(TransientError);
    expect(classified).toMatchObject({ reason, retryAfterSeconds, cause: error });
  });

  it.each<[reason: string, error: Error, message: string]>([
    ['GitHubCredentials', answered(401), "reading: GitHub does not accept the app's credentials"],
    ['GitHubPermission', answered(403), 'reading: the app is not allowed to'],
    [
      'GitHubPermission',
      answered(403, { headers: { 'x-accepted-github-permissions': 'checks=write' } }),
      'reading: the app is not allowed to: it needs checks=write',
    ],
    ['GitHubNotFound', answered(404), 'reading: GitHub does not have it, or the app may not see it'],
    ['GitHubNotFound', answered(410), 'reading: GitHub does not have it, or the app may not see it'],
    ['GitHubRefused', answered(422), 'reading: GitHub refused with 422'],
  ])('is terminal, %s, and for an operator', (reason, error, message) => {
    const classified = classifyGitHubError(error, 'reading');
    expect(classified).toBeInstanceOf(TerminalError);
    expect(classified).toMatchObject({ reason, message, actor: 'operator', cause: error });
  });

  it('is an absence only when GitHub said so', () => {
    expect([404, 410].map((status) => isNotFound(answered(status)))).toEqual([true, true]);
    expect([answered(401), answered(403), answered(500), unanswered].map(isNotFound)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('stays what it is when it is no error of GitHub, or classified already', async () => {
    const ours = new TransientError('Busy', 'busy');
    await expect(asking('reading', async () => await Promise.reject(ours))).rejects.toBe(ours);
    const bug = new TypeError('x is not a function');
    await expect(asking('reading', async () => await Promise.reject(bug))).rejects.toBe(bug);
  });
});
