import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { createProbot } from '../../src/github/probot.ts';
import { APP_KEY } from './app-key.ts';
import { createCapturedLog } from './captured-log.ts';

const options = { appId: 1, privateKey: APP_KEY, webhookSecret: 'long enough to be one', log: createCapturedLog().log };

function githubWithToken(): nock.Scope {
  return nock('https://api.github.com')
    .post('/app/installations/7/access_tokens')
    .reply(201, { token: 'ghs_x', expires_at: '2099-01-01T00:00:00Z', permissions: {} });
}

describe('Probot', () => {
  it.each(['', '   ', 'development', 'fifteen letters'])(
    'is not made with %j for a webhook secret',
    async (webhookSecret) => {
      await expect(createProbot({ ...options, webhookSecret })).rejects.toThrow('webhook secret');
    },
  );

  it('verifies with the secret it was given and with no other', async () => {
    const probot = await createProbot(options);
    const body = '{"a":1}';
    expect(await probot.webhooks.verify(body, await probot.webhooks.sign(body))).toBe(true);
    const other = await createProbot({ ...options, webhookSecret: 'another secret of ours' });
    expect(await other.webhooks.verify(body, await probot.webhooks.sign(body))).toBe(false);
  });

  it('logs at its most talkative what it asks, and nothing of what it sends or is sent', async () => {
    const { log, lines } = createCapturedLog('trace');
    const octokit = await (await createProbot({ ...options, log, spacedWrites: false })).auth(7);
    githubWithToken().post('/repos/o/r/issues/1/comments').reply(201, { id: 1, body: 'hush' });
    await octokit.rest.issues.createComment({ owner: 'o', repo: 'r', issue_number: 1, body: 'hush' });
    nock('https://api.github.com').get('/rate_limit').reply(422, { message: 'hush' });
    await expect(octokit.request('GET /rate_limit')).rejects.toMatchObject({ status: 422 });
    expect(lines().join('')).toContain('/repos/o/r/issues/1/comments - 201');
    expect(lines().join('')).not.toMatch(/hush|ghs_x|eyJ/);
  });

  it('does not try again what GitHub failed to answer: the queue does', async () => {
    const octokit = await (await createProbot({ ...options, spacedWrites: false })).auth(7);
    githubWithToken().get('/rate_limit').times(1).reply(500, {});
    await expect(octokit.request('GET /rate_limit')).rejects.toMatchObject({ status: 500 });
  });

  it.each([
    ['the hour is spent', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2147483000' }],
    ['secondary rate limit', { 'retry-after': '60' }],
  ])('does not wait on the spot for a limit that takes longer than seconds: %s', async (message, headers) => {
    const octokit = await (await createProbot(options)).auth(7);
    githubWithToken().get('/rate_limit').reply(403, { message }, headers);
    await expect(octokit.request('GET /rate_limit')).rejects.toMatchObject({ status: 403 });
  });

  it.each([
    ['the hour is over', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }],
    ['secondary rate limit', { 'retry-after': '0.01' }],
  ])('waits on the spot for one that is over at once: %s', async (message, headers) => {
    const octokit = await (await createProbot(options)).auth(7);
    githubWithToken().get('/rate_limit').reply(403, { message }, headers).get('/rate_limit').reply(200, {});
    expect((await octokit.request('GET /rate_limit')).status).toBe(200);
  });

  it('does not keep writes apart where it was told not to', async () => {
    const octokit = await (await createProbot({ ...options, spacedWrites: false })).auth(7);
    githubWithToken().post('/repos/o/r/issues/1/comments').times(3).reply(201, { id: 1 });
    const begun = performance.now();
    const comment = { owner: 'o', repo: 'r', issue_number: 1, body: 'x' };
    await Promise.all([1, 2, 3].map(async () => await octokit.rest.issues.createComment(comment)));
    // Kept apart, three comments take six seconds.
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it('gives up a call that GitHub leaves open', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const octokit = await (await createProbot({ ...options, baseUrl, timeoutMilliseconds: 20 })).auth(7);
    await expect(octokit.request('GET /rate_limit')).rejects.toMatchObject({ status: 500 });
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  it('asks the GitHub it was told to', async () => {
    const octokit = await (await createProbot({ ...options, baseUrl: 'https://ghe.example.org/api/v3' })).auth();
    nock('https://ghe.example.org').get('/api/v3/app').reply(200, { id: 1 });
    expect((await octokit.rest.apps.getAuthenticated()).status).toBe(200);
  });
});
