import { createServer } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { verify } from '@octokit/webhooks-methods';
import { appClient, listenOn, probotFor, type Received, receiver, secret, stage, userClient } from './stage.ts';

const label = 'ephemeral';

const nothing: Received = { headers: {}, body: '', payload: {}, name: '' };

async function listening() {
  const scene = await stage();
  const { url, received } = await receiver();
  scene.github.setWebhook(url, secret);
  await scene.github.settled();
  received.length = 0;
  return { ...scene, received };
}

describe('webhooks', () => {
  it('are signed, numbered and addressed as from GitHub', async () => {
    const { github, on, received, seed } = await listening();
    github.actions.label({ ...on, label });
    await github.settled();

    expect(received.map(({ name }) => name)).toEqual(['pull_request.labeled']);
    const { headers, body, payload } = received[0] ?? nothing;
    expect(await verify(secret, body, headers['x-hub-signature-256'] ?? '')).toBe(true);
    expect(await verify('another secret', body, headers['x-hub-signature-256'] ?? '')).toBe(false);
    expect(headers).toMatchObject({
      'x-github-delivery': expect.stringMatching(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/),
      'x-github-hook-installation-target-type': 'integration',
      'x-github-hook-installation-target-id': String(github.app.id),
      'user-agent': expect.stringContaining('GitHub-Hookshot/'),
    });
    expect(payload).toMatchObject({
      label: { name: label },
      installation: { id: seed.installation.id },
      sender: { login: on.actor },
    });
  });

  it('reach a real Probot app, whose answer is heard as an event of its bot', async () => {
    const { github, on } = await stage();
    const probot = probotFor(github);
    await probot.load((app) => {
      app.on('pull_request.labeled', async (context) => {
        await context.octokit.rest.issues.createComment({
          ...context.issue(),
          body: `saw ${context.payload.label?.name}`,
        });
      });
    });
    const middleware = await probot.getNodeMiddleware({ path: '/hook' });
    const url = await listenOn(createServer((request, response) => void middleware(request, response)));
    github.setWebhook(`${url}/hook`, secret);
    github.actions.label({ ...on, label });
    await github.settled();

    const comments = [...github.store.repository(on.repository).comments.values()];
    expect(comments).toMatchObject([{ body: 'saw ephemeral', author: { login: 'mayfly[bot]' } }]);
    expect(github.deliveries.map(({ event, action, statusCode }) => [event, action, statusCode])).toEqual([
      ['ping', undefined, 200],
      ['pull_request', 'labeled', 200],
      ['issue_comment', 'created', 200],
    ]);
    expect(github.violations).toEqual([]);
  });

  it('come twice with one GUID when they are to be doubled', async () => {
    const { github, on, received } = await listening();
    github.faults.addWebhook({ event: 'pull_request', effect: 'duplicate' });
    github.actions.label({ ...on, label });
    github.actions.unlabel({ ...on, label });
    await github.settled();
    expect(received.map(({ name }) => name)).toEqual([
      'pull_request.labeled',
      'pull_request.labeled',
      'pull_request.unlabeled',
    ]);
    expect(new Set(received.map(({ headers }) => headers['x-github-delivery'])).size).toBe(2);
  });

  it('overtake one another when they are to be reordered', async () => {
    const { github, on, received } = await listening();
    github.faults.addWebhook({ action: 'labeled', effect: 'after-next' });
    github.actions.label({ ...on, label });
    github.actions.unlabel({ ...on, label });
    await github.settled();
    expect(received.map(({ name }) => name)).toEqual(['pull_request.unlabeled', 'pull_request.labeled']);
  });

  it('are late by the time asked for', async () => {
    const { github, clock, on, received } = await listening();
    github.faults.addWebhook({ effect: { delaySeconds: 90 } });
    github.actions.label({ ...on, label });
    await github.settled();
    clock.advance(89);
    await github.settled();
    expect(received).toEqual([]);
    clock.advance(1);
    await github.settled();
    expect(received.map(({ name }) => name)).toEqual(['pull_request.labeled']);
  });

  it('that were lost can be found and sent again through the API, with the GUID they had', async () => {
    const { github, on, received } = await listening();
    github.faults.addWebhook({ action: 'labeled', effect: 'drop' });
    github.actions.label({ ...on, label });
    await github.settled();
    expect(received).toEqual([]);

    const client = await probotFor(github).auth();
    const { data: deliveries } = await client.rest.apps.listWebhookDeliveries();
    const lost = deliveries.find(({ status }) => status !== 'OK');
    expect(lost).toMatchObject({ event: 'pull_request', action: 'labeled', redelivery: false });
    await client.rest.apps.redeliverWebhookDelivery({ delivery_id: lost?.id ?? 0 });
    await github.settled();

    expect(received.map(({ headers }) => headers['x-github-delivery'])).toEqual([lost?.guid]);
    const { data: after } = await client.rest.apps.listWebhookDeliveries();
    expect(after[0]).toMatchObject({ guid: lost?.guid, redelivery: true, status: 'OK' });
    const { data: whole } = await client.rest.apps.getWebhookDelivery({ delivery_id: after[0]?.id ?? 0 });
    expect(whole.request.payload).toMatchObject({ action: 'labeled' });
    expect(github.violations).toEqual([]);
  });

  it('that are answered with an error, late or not at all are recorded as such', async () => {
    const { github, on } = await stage({ webhookTimeoutMilliseconds: 1000 });
    const failing = await receiver({ status: 500 });
    github.setWebhook(failing.url, secret);
    await github.settled();
    const silent = await listenOn(createServer(() => {}));
    github.setWebhook(silent, secret);
    await github.settled();
    github.setWebhook('http://127.0.0.1:1/', secret);
    github.actions.label({ ...on, label });
    await github.settled();
    expect(github.deliveries.map(({ status, statusCode }) => [status, statusCode])).toEqual([
      ['Invalid HTTP Response: 500', 500],
      ['timed out', 504],
      ['failed to connect to host', 502],
      ['failed to connect to host', 502],
    ]);
  });

  it('are not sent from where the app is not installed', async () => {
    const { github, on, received, seed } = await listening();
    github.actions.uninstallApp({ actor: seed.people.owner, installation: seed.installation });
    github.actions.label({ ...on, label });
    await github.settled();
    expect(received.map(({ name }) => name)).toEqual(['installation.deleted']);
  });

  it('are the same when a person uses the API instead of the page', async () => {
    const scene = await listening();
    const { github, on, repo, received } = scene;
    const person = userClient(github, github.store.account(on.actor).token);
    await person.rest.issues.addLabels({ ...repo, issue_number: on.number, labels: [label] });
    await person.rest.issues.removeLabel({ ...repo, issue_number: on.number, name: label });
    await person.rest.pulls.update({ ...repo, pull_number: on.number, state: 'closed' });
    await github.settled();
    expect(received.map(({ name }) => name)).toEqual([
      'pull_request.labeled',
      'pull_request.unlabeled',
      'pull_request.closed',
    ]);
    expect(received.every(({ payload }) => JSON.stringify(payload['sender']).includes(on.actor))).toBe(true);
  });

  it('tell of what the app itself did, with its bot as the sender', async () => {
    const scene = await listening();
    const { github, on, repo, received } = scene;
    const client = await appClient(scene);
    await client.rest.issues.addLabels({ ...repo, issue_number: on.number, labels: ['seen'] });
    await github.settled();
    expect(received.map(({ name }) => name)).toEqual(['label.created', 'pull_request.labeled']);
    expect(received[1]?.payload).toMatchObject({ sender: { login: 'mayfly[bot]', type: 'Bot' } });
  });
});
