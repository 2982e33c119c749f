import { describe, expect, it } from '@jest/globals';
import { appClient, refusal, stage } from './stage.ts';

const action = { label: 'Redeploy', description: 'Deploys the same commit again', identifier: 'redeploy' };

async function checks() {
  const scene = await stage();
  const client = await appClient(scene);
  const base = { ...scene.repo, name: 'ephemeral', head_sha: scene.seed.branch };
  return { ...scene, client, base };
}

describe('a request that does not fit GitHub’s description', () => {
  it.each([
    ['a label of 21 characters', [{ ...action, label: 'x'.repeat(21) }]],
    ['an identifier of 21 characters', [{ ...action, identifier: 'x'.repeat(21) }]],
    ['a description of 41 characters', [{ ...action, description: 'x'.repeat(41) }]],
    ['four buttons', [action, action, action, action]],
  ])('is refused: a check run with %s', async (_, actions) => {
    const { github, client, base } = await checks();
    expect((await refusal(client.rest.checks.create({ ...base, actions }))).status).toBe(422);
    expect(github.store.repository('acme/shop').checkRuns.size).toBe(0);
    expect(github.violations).toEqual([]);
  });

  it('is accepted with a button at every limit', async () => {
    const { client, base } = await checks();
    const longest = { label: 'x'.repeat(20), identifier: 'y'.repeat(20), description: 'z'.repeat(40) };
    expect((await client.rest.checks.create({ ...base, actions: [longest, longest, longest] })).status).toBe(201);
  });

  it('is told what is missing in GitHub’s words', async () => {
    const { client, repo } = await checks();
    const attempt = client.request('POST /repos/{owner}/{repo}/check-runs', { ...repo, name: 'x', head_sha: '' });
    expect(await refusal(attempt)).toMatchObject({ status: 422, message: expect.stringContaining('No commit found') });
    const headless = client.request(`POST /repos/${repo.owner}/${repo.repo}/check-runs`, { name: 'x' });
    expect(await refusal(headless)).toMatchObject({ message: expect.stringContaining('"head_sha" wasn\'t supplied.') });
  });

  it('is refused for a property GitHub does not know', async () => {
    const { client, repo } = await checks();
    const attempt = client.request(`POST /repos/${repo.owner}/${repo.repo}/check-runs`, {
      name: 'x',
      head_sha: 'main',
      detail_url: 'x',
    });
    expect(await refusal(attempt)).toMatchObject({
      message: expect.stringContaining('"detail_url" is not a permitted key.'),
    });
  });

  it('is a 400 when it is no JSON', async () => {
    const { github, seed, on } = await checks();
    const { token } = github.store.account(on.actor);
    const answer = await fetch(`${github.url}/repos/${seed.repository}/issues/1/comments`, {
      method: 'POST',
      headers: { authorization: `token ${token ?? ''}` },
      body: '{"body":',
    });
    expect([answer.status, await answer.json()]).toMatchObject([400, { message: 'Problems parsing JSON' }]);
  });

  it('is a 404 where GitHub has no such operation or we have no such thing', async () => {
    const { github, client, repo } = await checks();
    expect((await refusal(client.request(`GET /repos/${repo.owner}/${repo.repo}/nothing`))).status).toBe(404);
    expect((await refusal(client.rest.pulls.get({ ...repo, pull_number: 99 }))).status).toBe(404);
    expect((await refusal(client.rest.repos.get({ owner: 'acme', repo: 'none' }))).status).toBe(404);
    expect(github.violations).toEqual([]);
  });

  it('is refused when a comment is empty or beyond 65536 characters', async () => {
    const { client, repo, seed } = await checks();
    const write = async (body: string) =>
      await refusal(client.rest.issues.createComment({ ...repo, issue_number: seed.number, body }));
    expect((await write(' ')).status).toBe(422);
    expect(await write('x'.repeat(65_537))).toMatchObject({
      status: 422,
      message: expect.stringContaining('too long'),
    });
  });
});
