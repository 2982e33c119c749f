import { createPrivateKey, createPublicKey } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import { refusal, type Stage, stage, userClient } from './stage.ts';

let scene: Stage;

beforeEach(async () => {
  scene = await stage();
});

const manifest = {
  name: 'Octoapp',
  url: 'https://www.example.com/',
  hook_attributes: { url: 'http://127.0.0.1:9/github/events' },
  redirect_url: 'https://example.com/redirect?page=1',
  public: true,
  default_permissions: { issues: 'write', checks: 'write' },
  default_events: ['issues', 'issue_comment', 'check_suite', 'check_run'],
};

async function post(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const body = new URLSearchParams(fields);
  return await fetch(`${scene.github.url}${path}`, { method: 'POST', body, redirect: 'manual' });
}

/** The second button; resolves with where it leads. */
async function create(changes: Readonly<Record<string, string>> = {}): Promise<URL> {
  const fields = {
    manifest: JSON.stringify(manifest),
    name: 'Octoapp',
    actor: scene.seed.people.owner,
    state: 'abc123',
  };
  const { headers } = await post('/settings/apps', { ...fields, ...changes });
  return new URL(headers.get('location') ?? '');
}

describe('the manifest flow', () => {
  it('leads back with a code and the state, and gives the app to Octokit once', async () => {
    const { github } = scene;
    const back = await create();
    expect(back.href).toMatch(/^https:\/\/example\.com\/redirect\?page=1&code=[\da-f]{40}&state=abc123$/);

    const code = back.searchParams.get('code') ?? '';
    const { data } = await userClient(github, undefined).rest.apps.createFromManifest({ code });
    expect(data).toMatchObject({
      slug: 'octoapp',
      name: 'Octoapp',
      owner: { login: scene.seed.people.owner },
      external_url: manifest.url,
      permissions: { ...manifest.default_permissions, metadata: 'read' },
      events: manifest.default_events,
    });
    expect(data.pem).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
    expect(createPublicKey(createPrivateKey(data.pem))).toEqual(expect.objectContaining({ type: 'public' }));
    expect(await refusal(userClient(github, undefined).rest.apps.createFromManifest({ code }))).toMatchObject({
      status: 404,
    });
    expect(github.violations).toEqual([]);
  });

  it('takes a code for an hour', async () => {
    const clock = createSteppedClock();
    scene = await stage({ clientClock: clock });
    const [late, inTime] = [await create(), await create({ name: 'Octoapp two' })];
    const convert = async (url: URL) =>
      await userClient(scene.github, undefined).rest.apps.createFromManifest({
        code: url.searchParams.get('code') ?? '',
      });
    clock.advance(3599);
    expect((await convert(inTime)).status).toBe(201);
    clock.advance(1);
    expect(await refusal(convert(late))).toMatchObject({ status: 404 });
  });

  it.each([
    { reason: 'that is no JSON', text: 'name: Octoapp', said: 'The manifest is not a JSON object.' },
    { reason: 'without a page', text: JSON.stringify({ ...manifest, url: undefined }), said: 'no URL &quot;url&quot;' },
    {
      reason: 'with a permission of no known level',
      text: JSON.stringify({ ...manifest, default_permissions: { issues: 'admire' } }),
      said: 'the permission &quot;issues&quot;',
    },
  ])('refuses a manifest $reason', async ({ text, said }) => {
    const answer = await post('/settings/apps/new?state=abc123', { manifest: text });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(said);
  });

  it.each(['shop-owner', 'a name of more than thirty-four characters', '…'])('refuses the name %j', async (name) => {
    const { people } = scene.seed;
    const answer = await post('/settings/apps', { manifest: JSON.stringify(manifest), name, actor: people.owner });
    expect(answer.status).toBe(422);
  });

  it('knows no organisation that is none', async () => {
    const path = `/organizations/${scene.seed.people.owner}/settings/apps/new`;
    expect((await post(path, { manifest: JSON.stringify(manifest) })).status).toBe(404);
  });
});
