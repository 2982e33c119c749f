import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sign } from '@octokit/webhooks-methods';
import { commentEvent, pullRequestEvent } from './handlers/payloads.ts';
import { PATH, type RunningApp, SECRET, startApp } from './running-app.ts';

let app: RunningApp;

beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => await app.stop());

const closed = pullRequestEvent('closed', { state: 'closed' });

/** A sender that begins a body and does not go on. */
async function dawdle(): Promise<Socket> {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  socket.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"half":`);
  await once(socket, 'connect');
  return socket;
}

/** Delivers until it is answered with `status`: what the server makes of its other connections cannot be seen from here. */
async function deliverUntil(status: number): Promise<void> {
  while ((await app.deliver('pull_request', closed)).status !== status) {
    await new Promise(setImmediate);
  }
}

/** Posts `total` bytes in pieces, and resolves with the status and the most memory the process held meanwhile. */
async function postBytes(
  total: number,
  headers: Record<string, string> = {},
): Promise<{ status: number; peak: number }> {
  const before = process.memoryUsage().rss;
  let peak = 0;
  const outgoing = request(`${app.url}${PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  });
  const answered = once(outgoing, 'response');
  const piece = Buffer.alloc(256 * 1024, 'x');
  for (let sent = 0; sent < total && !outgoing.destroyed; sent += piece.length) {
    if (!outgoing.write(piece)) {
      await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]);
    }
    peak = Math.max(peak, process.memoryUsage().rss - before);
  }
  outgoing.end();
  const [response] = (await answered) as [{ statusCode: number; resume(): void }];
  response.resume();
  return { status: response.statusCode, peak };
}

describe('the webhook door', () => {
  it('lets in what is signed', async () => {
    expect(await app.deliver('pull_request', closed)).toEqual({ status: 200, text: 'ok\n' });
    expect(app.intake.received).toHaveLength(1);
  });

  it('answers a delivery that comes twice, and it counts once', async () => {
    const posted = [
      await app.deliver('pull_request', closed, { id: 'g' }),
      await app.deliver('pull_request', closed, { id: 'g' }),
    ];
    expect(posted.map(({ status }) => status)).toEqual([200, 200]);
    expect(app.intake.received).toHaveLength(1);
  });

  it('refuses a wrong signature, and logs neither payload nor signature', async () => {
    const payload = pullRequestEvent('closed', { title: 'a secret title' });
    for (let count = 0; count < 20; count += 1) {
      expect(await app.deliver('pull_request', payload, { secret: 'development' })).toEqual({
        status: 400,
        text: 'the signature does not match\n',
      });
    }
    expect(app.intake.received).toEqual([]);
    const logged = app.logged().join('');
    expect(logged).toContain('does not match the webhook secret');
    expect(logged).not.toMatch(/secret title|sha256=|dvsa/);
    expect(app.logged().length).toBe(5);
  });

  it('does not say whether it knows a delivery before it knows the sender', async () => {
    await app.deliver('pull_request', closed, { id: 'known' });
    expect((await app.deliver('pull_request', closed, { id: 'known', secret: 'wrong' })).status).toBe(400);
  });

  it.each([
    ['', 'no signature at all'],
    ['sha256=', 'nothing in it'],
    ['sha256=zz', 'not hexadecimal'],
    [`sha1=${'a'.repeat(40)}`, 'the old kind'],
  ])('refuses %j as a signature: %s', async (signature) => {
    const response = await fetch(`${app.url}${PATH}`, {
      method: 'POST',
      body: '{}',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-github-delivery': '1',
        'x-hub-signature-256': signature,
      },
    });
    expect(response.status).toBe(400);
  });

  it.each([
    ['not json', 'no JSON'],
    ['7', 'no object'],
    ['"text"', 'a string'],
  ])('answers 400 to %s, signed: %s', async (body) => {
    expect((await app.deliver('push', undefined, { body })).status).toBe(400);
  });

  it('answers 200 to events that nobody knows', async () => {
    expect((await app.deliver('not_invented_yet', { action: 'x' })).status).toBe(200);
  });

  it('refuses a body of 100 MB while it comes, without holding it', async () => {
    const { status, peak } = await postBytes(100 * 1024 * 1024);
    expect(status).toBe(413);
    // Held whole, it would be there three times: as pieces, as one buffer and as text.
    expect(peak).toBeLessThan(200 * 1024 * 1024);
  });

  it('refuses a body that is declared too large before it comes', async () => {
    const { status } = await postBytes(1024 * 1024, { 'content-length': String(26 * 1024 * 1024) });
    expect(status).toBe(413);
  });

  it('lets 24 MB in when they are signed', async () => {
    const body = JSON.stringify({ ...closed, padding: 'x'.repeat(24 * 1024 * 1024) });
    expect((await app.deliver('pull_request', undefined, { body })).status).toBe(200);
    expect(app.intake.received).toHaveLength(1);
  });

  it('survives a sender who hangs up', async () => {
    const socket = await dawdle();
    socket.destroy();
    await once(socket, 'close');
    expect((await app.deliver('pull_request', closed)).status).toBe(200);
  });

  it('holds eight bodies at once, and asks whoever comes then to come again', async () => {
    const senders = await Promise.all(Array.from({ length: 8 }, dawdle));
    await deliverUntil(503);

    for (const sender of senders) {
      sender.destroy();
    }
    await deliverUntil(200);
  });

  it('tells the outside nothing of an error, and the log no payload', async () => {
    app.intake.failure = new Error('password=hunter2 at postgres://user:pw@db');
    const posted = await app.deliver('pull_request', closed);
    expect(posted.status).toBe(500);
    expect(posted.text).toBe('{"error":"Error: the event was not taken in; it can be delivered again"}');
    expect(app.logged().join('')).not.toMatch(/"pull_request":|feat: x/);
    expect(app.logged().join('')).toContain('"delivery"');
  });

  it('takes nothing in when GitHub cannot be asked, and shows no token', async () => {
    app.github.outage = 502;
    const posted = await app.deliver('issue_comment', commentEvent('/ephemeral destroy'));
    expect(posted.status).toBe(500);
    expect(`${posted.text}${app.logged().join('')}`).not.toContain('ghs_stub');
    expect(app.intake.received).toEqual([]);
  });

  it('is only for POST', async () => {
    const response = await fetch(`${app.url}${PATH}`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('takes the path with or without a slash at its end', async () => {
    const body = JSON.stringify(closed);
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': 'slash',
    };
    const signed = { ...headers, 'x-hub-signature-256': await sign(SECRET, body) };
    expect((await fetch(`${app.url}${PATH}/`, { method: 'POST', body, headers: signed })).status).toBe(200);
  });
});
