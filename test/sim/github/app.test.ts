import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { Probot } from 'probot';
import { createSteppedClock } from '../../../sim/clock.ts';
import { appClient, probotFor, quickOctokit, refusal, secret, stage, userClient } from './stage.ts';

describe('an app', () => {
  it('goes from its key to a deployment with nothing but Octokit', async () => {
    const scene = await stage();
    const { github, seed, repo } = scene;
    const client = await appClient(scene);

    const { data: pull } = await client.rest.pulls.get({ ...repo, pull_number: seed.number });
    const { data: comment } = await client.rest.issues.createComment({
      ...repo,
      issue_number: seed.number,
      body: 'coming',
    });
    await client.rest.issues.updateComment({ ...repo, comment_id: comment.id, body: 'ready' });
    const { data: check } = await client.rest.checks.create({ ...repo, name: 'ephemeral', head_sha: pull.head.sha });
    await client.rest.checks.update({ ...repo, check_run_id: check.id, conclusion: 'success' });
    const { data: deployment } = await client.rest.repos.createDeployment({
      ...repo,
      ref: pull.head.sha,
      environment: 'ephemeral',
      auto_merge: false,
      required_contexts: [],
    });

    expect(pull.head.ref).toBe(seed.branch);
    expect(comment).toMatchObject({
      user: { login: 'mayfly[bot]', type: 'Bot' },
      performed_via_github_app: { slug: 'mayfly' },
    });
    const { data: comments } = await client.rest.issues.listComments({ ...repo, issue_number: seed.number });
    expect(comments.map(({ body }) => body)).toEqual(['ready']);
    const { data: checks } = await client.rest.checks.listForRef({ ...repo, ref: seed.branch });
    expect(checks.check_runs).toMatchObject([
      { status: 'completed', conclusion: 'success', pull_requests: [{ number: seed.number }] },
    ]);
    expect(deployment).toMatchObject({ sha: pull.head.sha });
    expect(github.violations).toEqual([]);
  });

  it('finds its installations by its own signature', async () => {
    const { github, seed, repo } = await stage();
    const client = await probotFor(github).auth();
    const { data: app } = await client.rest.apps.getAuthenticated();
    const { data: installations } = await client.rest.apps.listInstallations();
    const { data: here } = await client.rest.apps.getRepoInstallation(repo);
    expect(app).toMatchObject({ id: github.app.id, installations_count: 1 });
    expect(installations.map(({ id }) => id)).toEqual([seed.installation.id]);
    expect(here.id).toBe(seed.installation.id);
    expect(github.violations).toEqual([]);
  });

  it('is not let in with the key of another app', async () => {
    const { github } = await stage();
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const log = pino({ level: 'silent' });
    const stranger = new Probot({
      appId: github.app.id,
      privateKey,
      secret,
      baseUrl: github.url,
      log,
      Octokit: quickOctokit,
    });
    const client = await stranger.auth();
    expect(await refusal(client.rest.apps.getAuthenticated())).toMatchObject({
      status: 401,
      message: expect.stringContaining('A JSON web token could not be decoded'),
    });
  });

  it('corrects its clock by the date in the answer, as Octokit does with GitHub', async () => {
    const clientClock = createSteppedClock({ startAt: new Date('2031-05-01T00:00:00Z') });
    const { github } = await stage({ clientClock });
    const client = await probotFor(github).auth();
    const { status } = await client.rest.apps.getAuthenticated();
    expect(status).toBe(200);
    expect(github.requestLog.map((request) => request.status)).toEqual([401, 200]);
  });

  it('loses its token after an hour', async () => {
    const clientClock = createSteppedClock({ startAt: new Date() });
    const scene = await stage({ clientClock });
    const { github, seed, repo } = scene;
    const asApp = await probotFor(github).auth();
    const { data } = await asApp.rest.apps.createInstallationAccessToken({ installation_id: seed.installation.id });
    const client = userClient(github, data.token);
    clientClock.advance(3599);
    expect((await client.rest.repos.get(repo)).status).toBe(200);
    clientClock.advance(2);
    expect(await refusal(client.rest.repos.get(repo))).toMatchObject({
      status: 401,
      message: expect.stringContaining('Bad credentials'),
    });
    expect(github.violations).toEqual([]);
  });

  it('may do with a narrowed token only what was asked for', async () => {
    const { github, seed, repo } = await stage();
    const asApp = await probotFor(github).auth();
    const { data } = await asApp.rest.apps.createInstallationAccessToken({
      installation_id: seed.installation.id,
      permissions: { checks: 'read', metadata: 'read' },
    });
    const client = userClient(github, data.token);
    const attempt = client.rest.checks.create({ ...repo, name: 'x', head_sha: seed.branch });
    expect(await refusal(attempt)).toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    });
  });

  it('cannot ask for more than its installation grants', async () => {
    const { github, seed } = await stage();
    const asApp = await probotFor(github).auth();
    const attempt = asApp.rest.apps.createInstallationAccessToken({
      installation_id: seed.installation.id,
      permissions: { administration: 'write' },
    });
    expect((await refusal(attempt)).status).toBe(422);
  });

  it('is answered below /api/v3 too', async () => {
    const { github, repo } = await stage();
    const answer = await fetch(`${github.url}/api/v3/repos/${repo.owner}/${repo.repo}`);
    expect(await answer.json()).toMatchObject({ full_name: 'acme/shop' });
  });

  it('sees nothing of a private repository it is not installed on', async () => {
    const { github, seed, repo } = await stage({}, { isPrivate: true });
    const asApp = await probotFor(github).auth();
    const { data } = await asApp.rest.apps.createInstallationAccessToken({ installation_id: seed.installation.id });
    const client = userClient(github, data.token);
    expect((await client.rest.repos.get(repo)).status).toBe(200);
    github.actions.uninstallApp({ actor: seed.people.owner, installation: seed.installation });
    expect((await refusal(client.rest.repos.get(repo))).status).toBe(401);
    expect((await refusal(userClient(github, undefined).rest.repos.get(repo))).status).toBe(404);
  });
});
