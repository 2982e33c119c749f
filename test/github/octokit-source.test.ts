import { describe, expect, it } from '@jest/globals';
import { ProbotOctokit } from 'probot';
import { readAppIdentity } from '../../src/github/app-identity.ts';
import { createForge } from '../../src/github/forge.ts';
import { createOctokitSource, type OctokitSource } from '../../src/github/octokit-source.ts';
import { startLocalHub } from './local-hub.ts';

/** Clients that GitHub answers with these statuses, one after the other. */
function sourceAnswering(...statuses: number[]): { source: OctokitSource; renewals(): unknown[] } {
  const renewals: unknown[] = [];
  const strategy = () =>
    Object.assign(async (options: unknown) => await Promise.resolve(void renewals.push(options)), {
      hook: async (request: (options: unknown) => Promise<unknown>, options: unknown) => await request(options),
    });
  const fetch = async () => {
    const body = JSON.stringify({ message: 'as the test says' });
    const headers = { 'content-type': 'application/json' };
    return await Promise.resolve(new Response(body, { status: statuses.shift() ?? 500, headers }));
  };
  const throttle = { enabled: false };
  const octokit = new ProbotOctokit({
    authStrategy: strategy,
    request: { fetch },
    throttle,
    retry: { enabled: false },
  });
  return {
    source: createOctokitSource({ auth: async () => await Promise.resolve(octokit) }),
    renewals: () => renewals,
  };
}

describe('an installation’s client', () => {
  it('is the same one each time, until it is forgotten', async () => {
    const { octokits, seed } = await startLocalHub();
    const first = await octokits.forInstallation(seed.installation.id);
    expect(await octokits.forInstallation(seed.installation.id)).toBe(first);
    octokits.forget(seed.installation.id);
    expect(await octokits.forInstallation(seed.installation.id)).not.toBe(first);
  });

  it('asks for one token for many calls', async () => {
    const { octokits, seed, github } = await startLocalHub();
    const forge = createForge(octokits, { allowedBots: [] });
    const ref = { repository: seed.repository, number: seed.number };
    await Promise.all([1, 2, 3, 4].map(async () => await forge.pullRequest(ref, seed.installation.id)));
    const tokens = github.requestLog.filter(({ operation }) => operation === 'apps/create-installation-access-token');
    expect(tokens).toHaveLength(1);
  });

  it('renews a token that GitHub does not take any more, and tries once again', async () => {
    const { source, renewals } = sourceAnswering(401, 200);
    const octokit = await source.forInstallation(7);
    expect((await octokit.request('GET /rate_limit')).status).toBe(200);
    expect(renewals()).toEqual([{ type: 'installation', refresh: true }]);
  });

  it('gives up when a new token is refused as well', async () => {
    const { source, renewals } = sourceAnswering(401, 401, 200);
    const octokit = await source.forInstallation(7);
    await expect(octokit.request('GET /rate_limit')).rejects.toMatchObject({ status: 401 });
    expect(renewals()).toHaveLength(1);
  });

  it('asks for no token because of another error', async () => {
    const { source, renewals } = sourceAnswering(403);
    const octokit = await source.forInstallation(7);
    await expect(octokit.request('GET /rate_limit')).rejects.toMatchObject({ status: 403 });
    expect(renewals()).toEqual([]);
  });

  it('is asked for anew after it could not be made', async () => {
    let asked = 0;
    const source = createOctokitSource({
      auth: async () => {
        asked += 1;
        return await Promise.reject(new Error('no key'));
      },
    });
    await expect(source.forInstallation(7)).rejects.toThrow('no key');
    await expect(source.forInstallation(7)).rejects.toThrow('no key');
    expect(asked).toBe(2);
  });
});

describe('the app', () => {
  it('learns from GitHub who it is', async () => {
    const { probot, identity } = await startLocalHub();
    expect(await readAppIdentity(probot)).toEqual(identity);
  });
});
