import { describe, expect, it } from '@jest/globals';
import { appClient, receiver, refusal, secret, stage, userClient } from './stage.ts';

describe('people', () => {
  it('without a role may comment on what is public and nothing else', async () => {
    const { github, on, seed } = await stage();
    const outsider = { ...on, actor: seed.people.outsider };
    github.actions.comment({ ...outsider, body: 'nice' });
    expect(() => github.actions.label({ ...outsider, label: 'ephemeral' })).toThrow('Must have admin rights');
    expect(() => github.actions.push({ ...outsider, ref: seed.branch, files: { x: 'y' } })).toThrow(
      'Must have admin rights',
    );
    expect(() => github.actions.close(outsider)).toThrow('Must have admin rights');
    expect(() => github.actions.merge(outsider)).toThrow('Must have admin rights');
  });

  it('see nothing of a private repository they have no role in', async () => {
    const { github, on, seed } = await stage({}, { isPrivate: true });
    expect(() => github.actions.comment({ ...on, actor: seed.people.outsider, body: 'hello?' })).toThrow('Not Found');
  });

  it('have the permission GitHub would tell an app', async () => {
    const scene = await stage();
    const client = await appClient(scene);
    const permissionOf = async (username: string) => {
      const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ ...scene.repo, username });
      return [data.permission, data.role_name];
    };
    scene.github.store.repository('acme/shop').collaborators.set('shop-outsider', 'triage');
    expect(await permissionOf('shop-owner')).toEqual(['admin', 'admin']);
    expect(await permissionOf('shop-developer')).toEqual(['write', 'write']);
    expect(await permissionOf('shop-outsider')).toEqual(['read', 'triage']);
    const nobody = client.rest.repos.getCollaboratorPermissionLevel({ ...scene.repo, username: 'nobody' });
    expect((await refusal(nobody)).status).toBe(404);
    expect(scene.github.violations).toEqual([]);
  });

  it('move the head of every open pull request from a branch by pushing to it', async () => {
    const { github, on, seed } = await stage();
    const { url, received } = await receiver();
    github.setWebhook(url, secret);
    const before = github.store.repository(on.repository).pullRequests.get(on.number)?.head.sha;
    const { sha } = github.actions.push({ ...on, ref: seed.branch, files: { 'app/checkout.js': 'pay(2)\n' } });
    await github.settled();
    const synchronised = received.find(({ name }) => name === 'pull_request.synchronize');
    expect(synchronised?.payload).toMatchObject({ before, after: sha, pull_request: { head: { sha } } });
    expect(received.map(({ name }) => name)).toEqual([
      'ping',
      'push',
      'pull_request.synchronize',
      'check_suite.requested',
    ]);
    expect(received[1]?.payload).toMatchObject({
      ref: `refs/heads/${seed.branch}`,
      forced: false,
      commits: [{ modified: ['app/checkout.js'] }],
    });
  });

  it('who force-push are told of as forcing', async () => {
    const { github, on, seed } = await stage();
    const { url, received } = await receiver();
    github.setWebhook(url, secret);
    github.actions.forcePush({ ...on, ref: seed.branch, files: { 'app/other.js': 'x\n' } });
    await github.settled();
    expect(received.find(({ name }) => name === 'push')?.payload).toMatchObject({ forced: true });
  });

  it('open pull requests from forks, whose head is another repository', async () => {
    const scene = await stage();
    const { github, on, seed, repo } = scene;
    const outsider = { repository: on.repository, actor: seed.people.outsider };
    const { sha } = github.actions.pushToFork({ ...outsider, ref: 'patch', files: { 'app/evil.js': 'x\n' } });
    const { number } = github.actions.openPullRequest({
      ...outsider,
      forkOwner: seed.people.outsider,
      head: 'patch',
      title: 'patch',
    });
    const client = await appClient(scene);
    const { data } = await client.rest.pulls.get({ ...repo, pull_number: number });
    expect(data).toMatchObject({
      head: { sha, repo: { full_name: 'shop-outsider/shop', fork: true } },
      base: { repo: { full_name: 'acme/shop' } },
      author_association: 'NONE',
    });
    const { data: files } = await client.rest.pulls.listFiles({ ...repo, pull_number: number });
    expect(files.map(({ filename, status }) => [filename, status])).toEqual([['app/evil.js', 'added']]);
    expect(github.violations).toEqual([]);
  });

  it('merge once, onto a main that moved on meanwhile', async () => {
    const scene = await stage();
    const { github, on, repo } = scene;
    github.actions.push({ ...on, actor: 'shop-owner', ref: 'main', files: { 'docs/news.md': 'news\n' } });
    const sha = github.actions.merge(on);
    const shop = github.store.repository(on.repository);
    expect([...(shop.commits.get(sha)?.tree.keys() ?? [])]).toEqual(
      expect.arrayContaining(['docs/news.md', 'app/checkout.js']),
    );
    const client = await appClient(scene);
    const { data } = await client.rest.pulls.get({ ...repo, pull_number: on.number });
    expect(data).toMatchObject({
      merged: true,
      state: 'closed',
      merge_commit_sha: sha,
      merged_by: { login: on.actor },
    });
    expect(() => github.actions.merge(on)).toThrow('not mergeable');
    expect(() => github.actions.reopen(on)).toThrow('Validation Failed');
    expect(github.violations).toEqual([]);
  });

  it('close what is open from a branch by deleting it, and cannot reopen it then', async () => {
    const { github, on, seed } = await stage();
    github.actions.deleteBranch({ ...on, ref: seed.branch });
    expect(github.store.repository(on.repository).pullRequests.get(on.number)?.state).toBe('closed');
    expect(() => github.actions.reopen(on)).toThrow('Validation Failed');
  });

  it('push the buttons an app put on its check run, and only those', async () => {
    const scene = await stage();
    const { github, on, repo, seed } = scene;
    const client = await appClient(scene);
    const actions = [{ label: 'Redeploy', description: 'again', identifier: 'redeploy' }];
    const { data } = await client.rest.checks.create({ ...repo, name: 'ephemeral', head_sha: seed.branch, actions });
    const { url, received } = await receiver();
    github.setWebhook(url, secret);
    github.actions.clickCheckAction({ ...on, checkRunId: data.id, identifier: 'redeploy' });
    await github.settled();
    expect(received.at(-1)).toMatchObject({
      name: 'check_run.requested_action',
      payload: {
        requested_action: { identifier: 'redeploy' },
        check_run: { id: data.id, pull_requests: [{ number: on.number }] },
      },
    });
    expect(() => github.actions.clickCheckAction({ ...on, checkRunId: data.id, identifier: 'destroy' })).toThrow(
      'no button',
    );
  });

  it('cannot make check runs or edit the comments of others', async () => {
    const { github, on, seed, repo } = await stage();
    const { id } = github.actions.comment({ ...on, body: 'mine' });
    const outsider = userClient(github, github.store.account(seed.people.outsider).token);
    expect((await refusal(outsider.rest.issues.updateComment({ ...repo, comment_id: id, body: 'yours' }))).status).toBe(
      403,
    );
    const developer = userClient(github, github.store.account(on.actor).token);
    expect((await refusal(developer.rest.checks.create({ ...repo, name: 'x', head_sha: seed.branch }))).status).toBe(
      403,
    );
    expect((await developer.rest.users.getAuthenticated()).data.login).toBe(on.actor);
  });
});
