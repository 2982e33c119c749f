import { describe, expect, it } from '@jest/globals';
import { appClient, stage } from '../stage.ts';

async function browsing() {
  const scene = await stage();
  const here = `${scene.github.url}/${scene.seed.repository}/pull/${scene.seed.number}`;
  const see = async (path = '') => await (await fetch(here + path)).text();
  const submit = async (form: string, fields: { [name: string]: string }) =>
    await fetch(`${here}/${form}`, {
      method: 'POST',
      body: new URLSearchParams({ actor: scene.on.actor, ...fields }),
      redirect: 'manual',
    });
  const pullRequest = () => scene.github.store.repository(scene.seed.repository).pullRequests.get(scene.seed.number);
  return { ...scene, see, submit, pullRequest };
}

describe('the page of a pull request', () => {
  it('shows what a person sees on GitHub', async () => {
    const scene = await browsing();
    const { github, on, repo, seed, see } = scene;
    const client = await appClient(scene);
    github.actions.label({ ...on, label: 'ephemeral' });
    const { data: comment } = await client.rest.issues.createComment({
      ...repo,
      issue_number: on.number,
      body: '### Ready\n<script>x</script>',
    });
    await client.rest.reactions.createForIssueComment({ ...repo, comment_id: comment.id, content: 'eyes' });
    await client.rest.checks.create({
      ...repo,
      name: 'ephemeral',
      head_sha: seed.branch,
      status: 'in_progress',
      output: { title: 'Cloning database (2 of 7)', summary: 'half **way**' },
      actions: [{ label: 'Tear down', description: 'Removes it', identifier: 'destroy' }],
    });
    const { data } = await client.rest.repos.createDeployment({
      ...repo,
      ref: seed.branch,
      environment: 'ephemeral',
      auto_merge: false,
      required_contexts: [],
    });
    const environment_url = 'https://app.pr-1.example.gov.uk';
    await client.rest.repos.createDeploymentStatus({
      ...repo,
      deployment_id: 'id' in data ? data.id : 0,
      state: 'success',
      environment_url,
    });
    const page = await see();
    for (const part of [
      'feat: checkout',
      'class="state open"',
      seed.branch,
      'Pays.',
      '>ephemeral</span>',
      'mayfly[bot]',
      '<h3>Ready</h3>',
      '👀 1',
      'Cloning database (2 of 7)',
      '<strong>way</strong>',
      'Tear down',
      `href="${environment_url}"`,
    ]) {
      expect(page).toContain(part);
    }
    expect(page).not.toContain('<script>x');
  });

  it('lets a chosen person act, as the forms on it do', async () => {
    const { submit, pullRequest, seed, github } = await browsing();
    expect((await submit('label', { label: 'ephemeral' })).status).toBe(303);
    expect(pullRequest()?.labels).toEqual(['ephemeral']);
    await submit('unlabel', { label: 'ephemeral' });
    await submit('comment', { body: '/ephemeral status' });
    const before = pullRequest()?.head.sha;
    await submit('push', { path: 'app/new.js', content: 'x' });
    expect(pullRequest()?.head.sha).not.toBe(before);
    await submit('draft', {});
    expect(pullRequest()?.draft).toBe(true);
    await submit('ready', {});
    await submit('close', {});
    expect(pullRequest()?.state).toBe('closed');
    await submit('reopen', {});
    await submit('merge', {});
    expect(pullRequest()).toMatchObject({
      labels: [],
      state: 'closed',
      merge: { by: { login: seed.people.developer } },
    });
    expect([...github.store.repository(seed.repository).comments.values()]).toMatchObject([
      { body: '/ephemeral status' },
    ]);
  });

  it('refuses a person without the role, in words', async () => {
    const { submit, seed, pullRequest } = await browsing();
    const answer = await submit('label', { actor: seed.people.outsider, label: 'ephemeral' });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('Must have admin rights');
    expect(pullRequest()?.labels).toEqual([]);
  });

  it('gives its changing part alone, for the script that looks again', async () => {
    const { see, github, on } = await browsing();
    const before = await see('?fragment=1');
    expect(before).not.toContain('<html');
    expect(await see('?fragment=1')).toBe(before);
    github.actions.comment({ ...on, body: 'news' });
    expect(await see('?fragment=1')).toContain('news');
  });

  it('is linked from its repository, and is a 404 when there is none', async () => {
    const { github, seed } = await browsing();
    expect(await (await fetch(github.url)).text()).toContain('acme/shop/pulls');
    expect(await (await fetch(`${github.url}/${seed.repository}/pulls`)).text()).toContain(`/pull/${seed.number}`);
    expect((await fetch(`${github.url}/${seed.repository}/pull/99`)).status).toBe(404);
  });
});
