import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { createOctokitSource, type Octokit } from '../../src/github/octokit-source.ts';
import { hasPermission } from '../../src/github/permission.ts';
import { createProbot } from '../../src/github/probot.ts';
import { APP_KEY } from './app-key.ts';
import { createCapturedLog } from './captured-log.ts';

async function octokit(): Promise<Octokit> {
  const { log } = createCapturedLog();
  const probot = await createProbot({
    appId: 1,
    privateKey: APP_KEY,
    webhookSecret: 'long enough to be one',
    log,
    spacedWrites: false,
  });
  return await createOctokitSource(probot).forInstallation(7);
}

function github(): nock.Scope {
  return nock('https://api.github.com')
    .post('/app/installations/7/access_tokens')
    .reply(201, { token: 'ghs_x', expires_at: '2099-01-01T00:00:00Z', permissions: {} });
}

async function may(needed: 'triage' | 'write'): Promise<boolean> {
  return await hasPermission(await octokit(), { repository: 'o/r', login: 'alice', needed });
}

const PATH = '/repos/o/r/collaborators/alice/permission';

describe('a permission', () => {
  it.each<[permission: string, role: string, flags: object | null, triage: boolean, write: boolean]>([
    ['admin', 'admin', null, true, true],
    ['write', 'maintain', null, true, true],
    ['write', 'write', null, true, true],
    ['read', 'triage', null, true, false],
    ['read', 'our-own-role', { triage: true, push: false }, true, false],
    ['read', 'read', { triage: false, push: false }, false, false],
    ['none', '', null, false, false],
  ])('of %s (%s, %j) allows triage: %s, writing: %s', async (...[permission, role, permissions, triage, write]) => {
    const user = permissions && { permissions };
    github().get(PATH).times(1).reply(200, { permission, role_name: role, user });
    expect(await may('triage')).toBe(triage);
    github().get(PATH).times(1).reply(200, { permission, role_name: role, user });
    expect(await may('write')).toBe(write);
  });

  it('is nobody’s who is not known', async () => {
    github().get(PATH).reply(404, { message: 'is not a user' });
    expect(await may('triage')).toBe(false);
  });

  it('is not denied because GitHub failed', async () => {
    github().get(PATH).reply(500, {});
    await expect(may('write')).rejects.toMatchObject({ name: 'TransientError' });
  });
});
