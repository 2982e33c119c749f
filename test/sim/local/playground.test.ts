import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REPOSITORY } from '../../../sim/local/first-users.ts';
import { type PlaygroundServer, startPlaygroundServer } from '../../../sim/local/playground/server.ts';
import { CLOUD_MS, useLocalCloud } from '../../support/local-cloud.ts';

let server: PlaygroundServer;

// Hooks run in this order: the page ends, then the cloud, then its files go.
afterAll(async () => await server.close(), CLOUD_MS);

// On a disk, for Mayfly to be started again on the state it had.
const dataDir = mkdtempSync(join(tmpdir(), 'mayfly-playground-test-'));
const cloud = useLocalCloud({ dataDir });
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Each test that changes a pull request has one of its own, so that their order does not matter. */
const NUMBER = 1721;
const QUIET = 1717;
const CHATTY = 1716;
const HERE = `/${REPOSITORY}/pull/${NUMBER}`;

beforeAll(async () => {
  server = await startPlaygroundServer(cloud.now, 0);
}, CLOUD_MS);

/** Pushes a button as the page's script does; answers what the page would say. */
async function push(path: string, fields: Record<string, string> = {}): Promise<{ status: number; message: string }> {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams(fields),
  });
  return { status: response.status, ...((await response.json()) as { message: string }) };
}

async function see(number = NUMBER): Promise<string> {
  return await (await fetch(`${server.url}/?pr=${number}`)).text();
}

const WAIT_MS = 40_000;

/** The content of one region of the page, once it holds what is waited for; throws with what it held last. */
async function region(id: string, text: string | RegExp): Promise<string> {
  const began = performance.now();
  for (;;) {
    const page = await see();
    const from = page.indexOf(`<div id="${id}">`);
    const shown = page.slice(from, page.indexOf('</section>\n', from));
    if (typeof text === 'string' ? shown.includes(text) : text.test(shown)) {
      return shown;
    }
    if (performance.now() - began > WAIT_MS) {
      throw new Error(`waited for ${text} in ${id}, which holds ${shown}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the playground', () => {
  it('shows a pull request with nothing on AWS, and every button', async () => {
    const page = await see(QUIET);
    for (const part of [
      'feat: SAS MI extract',
      'Nothing on AWS carries the name <b>pr-1717</b>',
      'Add the label',
      'Push a commit',
      '/ephemeral extend 3d',
      'Throttle RDS for a minute',
      'Stop Mayfly',
      '#1728',
    ]) {
      expect(page).toContain(part);
    }
    expect((await fetch(`${server.url}/?pr=9`)).status).toBe(404);
    expect((await fetch(`${server.url}/nowhere`)).status).toBe(404);
  });

  it('writes titles, branches and comments as text, whatever is in them', async () => {
    const { github, seed } = cloud.now;
    const at = { repository: REPOSITORY, actor: seed.people.developer };
    const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
    const ref = 'x"><img/src=x/onerror=alert(3)>';
    github.actions.push({ ...at, ref, files: { 'docs/<script>alert(4)</script>.md': 'x' } });
    const { number } = github.actions.openPullRequest({ ...at, head: ref, title: hostile, body: hostile });
    github.actions.comment({ ...at, number, body: `${hostile} [a](javascript:alert(5)) [b](#anchor)` });
    const page = await see(number);
    expect(page).toContain('alert(1)');
    expect(page).toContain('alert(3)');
    expect(page).toContain('href="#anchor"');
    expect(page).not.toMatch(/<script>alert|<img|href="javascript:/);
    expect(await see()).not.toMatch(/<script>alert|<img/);
    github.actions.close({ ...at, number });
  });

  it('does what the people’s buttons say', async () => {
    const chat = `/${REPOSITORY}/pull/${CHATTY}`;
    const chatty = () => cloud.now.github.store.repository(REPOSITORY).pullRequests.get(CHATTY);
    expect(await push(`${chat}/comment`, { body: 'a remark' })).toEqual({
      status: 200,
      message: 'vol-developer commented: a remark',
    });
    expect(await see(CHATTY)).toContain('<p>a remark</p>');
    const before = chatty()?.head.sha;
    await push(`${chat}/push`, { path: 'docs/review.md' });
    expect(chatty()?.head.sha).not.toBe(before);
    await push(`${chat}/draft`);
    expect(chatty()?.draft).toBe(true);
    await push(`${chat}/ready`);
    await push(`${chat}/close`);
    expect(chatty()?.state).toBe('closed');
    await push(`${chat}/reopen`);
    expect(chatty()).toMatchObject({ state: 'open', draft: false });
    await push(`/${REPOSITORY}/pull/712/merge`, { actor: 'vol-reviewer' });
    expect(cloud.now.github.store.repository(REPOSITORY).pullRequests.get(712)?.merge?.by.login).toBe('vol-reviewer');
  });

  it('sends a browser without scripts back to the page', async () => {
    const response = await fetch(`${server.url}${HERE}/comment`, {
      method: 'POST',
      body: new URLSearchParams({ body: 'no scripts' }),
      redirect: 'manual',
    });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/?pr=${NUMBER}`);
  });

  it('says why something cannot be done', async () => {
    expect(await push(`${HERE}/label`, { label: 'ephemeral', actor: 'vol-outsider' })).toMatchObject({
      status: 403,
      message: expect.stringContaining('GitHub refuses: '),
    });
    expect((await push(`${HERE}/frown`)).message).toBe('Nobody can frown a pull request.');
    expect(await push('/break/crash-task', { environment: 'pr-9', service: 'api' })).toEqual({
      status: 409,
      message: 'pr-9 has no service api',
    });
    expect((await push('/break/hearts')).status).toBe(404);
    expect(await push('/clock', { speed: '301' })).toEqual({ status: 400, message: 'The speed goes from 1 to 300.' });
  });

  it('sets the speed of the cloud’s clock', async () => {
    const { clock } = cloud.now;
    const { speed } = clock;
    await push('/clock', { speed: '300' });
    expect(clock.speed).toBe(300);
    // The one that the command line gave can be had back.
    expect(await see()).toContain(`name="speed" value="${speed}"`);
    await push('/clock', { speed: String(speed) });
    expect(clock.speed).toBe(speed);
  });

  it('loses and repeats webhooks, and tells what is still to come', async () => {
    const { github } = cloud.now;
    await push('/break/lose-webhook');
    await region('break', 'Armed: the next webhook that Mayfly listens to is lost.');
    await push(`${HERE}/comment`, { body: 'nobody hears of this' });
    await github.settled();
    expect(github.deliveries.at(-1)).toMatchObject({ event: 'issue_comment', statusCode: 0 });
    expect(await region('hooks', 'lost on the way')).toContain('issue_comment.created');
    expect((await push('/break/repeat-webhook')).message).toContain('issue_comment.created');
    await github.settled();
    expect(github.deliveries.at(-1)).toMatchObject({
      redelivery: true,
      statusCode: 200,
      guid: github.deliveries.at(-2)?.guid,
    });
    expect(await see()).not.toContain('Armed:');
  });

  it('loses none that Mayfly would not have listened to', async () => {
    const { github, seed } = cloud.now;
    const chatty = { repository: REPOSITORY, actor: seed.people.developer, number: CHATTY };
    const lostNow = () => github.deliveries.filter(({ statusCode }) => statusCode === 0);
    const before = lostNow().length;
    await push('/break/lose-webhook');
    github.actions.push({ ...chatty, ref: 'a-branch-of-no-pull-request', files: { 'docs/a.md': 'a' } });
    await github.settled();
    expect(lostNow()).toHaveLength(before);
    await push(`/${REPOSITORY}/pull/${CHATTY}/push`, { path: 'docs/review.md' });
    await github.settled();
    expect(lostNow().slice(before)).toMatchObject([{ event: 'pull_request', action: 'synchronize' }]);
    github.actions.push({ ...chatty, ref: 'a-branch-of-no-pull-request', files: { 'docs/a.md': 'b' } });
    await github.settled();
    expect((await push('/break/repeat-webhook')).message).toContain('pull_request.synchronize');
  });

  it('throttles RDS for a minute of the cloud’s time', async () => {
    const { aws, clock } = cloud.now;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const rds = new RDSClient({ endpoint: aws.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
    const ask = async () => await rds.send(new DescribeDBClustersCommand({}));
    await push('/break/throttle-rds');
    await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await clock.sleep(61);
    await expect(ask()).resolves.toBeDefined();
    rds.destroy();
  });

  it(
    'shows an environment come, break, heal and go, while Mayfly itself is stopped and started',
    async () => {
      const { clients, aws } = cloud.now;
      await push('/break/fail-create-service');
      await push(`${HERE}/label`, { label: 'ephemeral' });
      await region('aws', 'creating');
      await region('pull', /<h3>🟢/);
      expect(aws.requestLog.of('ecs', 'CreateService').map(({ outcome }) => outcome)).toContain('ServerException');
      expect(await region('aws', /\d+ ready/)).toMatch(/Clone <span class="muted">nonprod-pr-1721<\/span>/);
      const links = (await see()).match(/http:\/\/127[^"]*\/_lb\/443\/ssweb[^"]*/g) ?? [];
      expect((await fetch(links[0] ?? '')).status).toBe(200);

      const at = { environment: 'pr-1721', service: 'selfserve' };
      expect((await push('/break/crash-task', at)).message).toContain('exit code 139');
      const exitCodes = [...aws.world.ecs.tasks.values()].flatMap(({ containers }) =>
        containers.map(({ exitCode }) => exitCode),
      );
      expect(exitCodes).toContain(139);
      await region('aws', /selfserve<\/span>[^]*?1 of 1 running/);
      const api = { ...at, service: 'api' };
      expect((await push('/break/fail-health-check', api)).message).toContain('of api answers 500');
      expect(aws.world.ecs.behaviours.at(-1)).toMatchObject({ statusByPath: { '/healthcheck': 500 } });
      await push('/break/mend-health-check', api);
      expect(aws.world.ecs.behaviours.at(-1)).toMatchObject({ statusByPath: {} });

      await push('/mayfly/stop');
      await region('mayfly', 'Mayfly is stopped');
      await push('/break/delete-service', { ...at, service: 'internal' });
      const services = ['nonprod-pr-1721-internal'];
      const described = await clients.ecs.send(
        new DescribeServicesCommand({ cluster: cloud.now.platform.cluster.arn, services }),
      );
      expect(['DRAINING', 'INACTIVE']).toContain(described.services?.[0]?.status);
      await push('/mayfly/start');
      await region('mayfly', 'Mayfly runs');

      await push(`${HERE}/close`);
      await region('aws', 'Nothing on AWS');
      await region('pull', 'was removed (closed)');
      await cloud.now.github.settled();
    },
    CLOUD_MS,
  );

  it('ends open event streams when it closes, and says every region once at first', async () => {
    const other = await startPlaygroundServer(cloud.now, 0);
    const response = await fetch(`${other.url}/events?pr=${NUMBER}`);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('"id":"hooks"')) {
      text += (await reader?.read())?.value ?? '';
    }
    expect(text.match(/"id":"aws"/g)).toHaveLength(1);
    await other.close();
    const rest = async () => {
      for (;;) {
        if ((await reader?.read())?.done) {
          return 'ended';
        }
      }
    };
    expect(await rest().catch(() => 'ended')).toBe('ended');
  });
});
