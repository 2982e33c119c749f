import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sign } from '@octokit/webhooks-methods';
import { checkRunEvent, commentEvent, pullRequestEvent } from './handlers/payloads.ts';
import { PATH, type RunningApp, SECRET, startApp } from './running-app.ts';

let app: RunningApp;

beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => await app.stop());

const closed = pullRequestEvent('closed', { state: 'closed' });

const FORGED = `sha256=${'0'.repeat(64)}`;
const MB = 1024 * 1024;

/** A sender that begins a body, under a signature that looks like one, and does not go on. */
async function dawdle(begun = '{"half":', declared = 1000): Promise<Socket> {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  const head = ['host: x', 'content-type: application/json', `x-hub-signature-256: ${FORGED}`];
  socket.write(`POST ${PATH} HTTP/1.1\r\n${[...head, `content-length: ${declared}`].join('\r\n')}\r\n\r\n${begun}`);
  await once(socket, 'connect');
  return socket;
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

/** Sends bytes that no client would send, and resolves with the first line of the answer; empty when there was none. */
async function say(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1').setEncoding('utf8');
  let said = '';
  socket.on('data', (text: string) => {
    said += text;
  });
  socket.on('error', () => undefined).write(bytes);
  await once(socket, 'close');
  return said.split('\r\n', 1)[0] ?? '';
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

  it('knows what was signed once by its words, under whatever id it is sent again', async () => {
    await app.deliver('pull_request', closed, { id: 'first' });
    await app.deliver('pull_request', closed, { id: 'replayed' });
    await app.deliver('pull_request', { ...closed, number: 1722 }, { id: 'another' });
    const digests = app.intake.received.map(({ digest }) => digest);
    expect(digests).toEqual([expect.any(String), digests[0], expect.any(String)]);
    expect(digests[2]).not.toBe(digests[0]);
  });

  it('lets a button be pressed twice, of which the words are the same', async () => {
    const pressed = checkRunEvent('requested_action', { identifier: 'extend-1d' });
    await app.deliver('check_run', pressed);
    await app.deliver('check_run', pressed);
    expect(app.intake.received.map(({ digest }) => digest)).toEqual([undefined, undefined]);
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

  it.each([
    ['in pieces', {}, 400],
    ['declared beforehand', { 'content-length': String(30 * MB) }, 400],
    ['compressed', { 'content-encoding': 'gzip' }, 415],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['of no kind', { 'content-type': '' }, 415],
    ['under the old kind of signature', { 'x-hub-signature': `sha1=${'0'.repeat(40)}` }, 400],
  ])('reads nothing of a body that bears no signature, %s', async (_how, headers: Record<string, string>, refusal) => {
    const { status, peak } = await postBytes(30 * MB, headers);
    expect(status).toBe(refusal);
    // Held whole, it would be there three times: as pieces, as one buffer and as text. Sender and server are one process.
    expect(peak).toBeLessThan(200 * MB);
    expect(app.intake.received).toEqual([]);
  });

  it('answers 100 MB that bear no signature, without holding them', async () => {
    const { status, peak } = await postBytes(100 * MB);
    expect(status).toBe(400);
    expect(peak).toBeLessThan(200 * MB);
  });

  it('holds at most 25 MB of what bears a forged one, and refuses the rest', async () => {
    const { status, peak } = await postBytes(100 * MB, { 'x-hub-signature-256': FORGED });
    expect(status).toBe(413);
    expect(peak).toBeLessThan(200 * MB);
  });

  it('refuses a body that is declared too large before it comes', async () => {
    const headers = { 'x-hub-signature-256': FORGED, 'content-length': String(26 * MB) };
    expect((await postBytes(26 * MB, headers)).status).toBe(413);
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

  it('takes a delivery while hundreds dawdle', async () => {
    const senders = await Promise.all(Array.from({ length: 300 }, async () => await dawdle()));
    expect((await app.deliver('pull_request', closed)).status).toBe(200);
    for (const sender of senders) {
      sender.destroy();
    }
  });

  it('sends the largest away when it holds too much, and takes a delivery all the same', async () => {
    const large = 'x'.repeat(20 * MB);
    const senders = await Promise.all([large, large, large].map(async (begun) => await dawdle(begun, 24 * MB)));
    const answers = senders.map(async (sender) => String((await once(sender, 'data'))[0]));
    expect(await Promise.race(answers)).toMatch(/^HTTP\/1\.1 503 .*\r\nretry-after: 10\r\n/s);
    expect((await app.deliver('pull_request', closed)).status).toBe(200);
    for (const sender of senders) {
      sender.destroy();
    }
  });

  it('hangs up on who does not come to an end, of the head or of the body', async () => {
    await app.stop();
    app = await startApp({ requestMilliseconds: 200 });
    const body = await dawdle();
    const head = connect(Number(new URL(app.url).port), '127.0.0.1');
    head.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\nx-slow: `);
    const said = [body, head].map(async (socket) => String((await once(socket, 'data'))[0]).split('\r\n')[0]);
    expect(await Promise.all(said)).toEqual(Array(2).fill('HTTP/1.1 408 Request Timeout'));
    expect((await app.deliver('pull_request', closed)).status).toBe(200);
  });

  it.each([
    ['two lengths', 'content-length: 2\r\ncontent-length: 30'],
    ['a length and pieces', 'content-length: 2\r\ntransfer-encoding: chunked'],
    ['pieces of a kind that there is not', 'transfer-encoding: chunked, gzip'],
    ['a line that goes on in the next', 'x-a: b\r\n x-hub-signature-256: x\r\n\tc'],
    ['a NUL', 'x-a: \0'],
    ['headers without end', `x-a: ${'a'.repeat(20_000)}`],
  ])('takes no request with %s', async (_what, header) => {
    expect(await say(`POST ${PATH} HTTP/1.1\r\nhost: x\r\n${header}\r\n\r\n{}`)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(app.intake.received).toEqual([]);
  });

  it('takes no signature of another body, and none that comes twice', async () => {
    const body = JSON.stringify(closed);
    const good = await sign(SECRET, body);
    const headers = { 'content-type': 'application/json', 'x-github-event': 'pull_request', 'x-github-delivery': '1' };
    const post = async (text: string, signatures: readonly [string, string][]) =>
      (
        await fetch(`${app.url}${PATH}`, {
          method: 'POST',
          body: text,
          headers: [...Object.entries(headers), ...signatures],
        })
      ).status;
    expect(await post(`${body} `, [['x-hub-signature-256', good]])).toBe(400);
    expect(await post(body.replace('1721', '1722'), [['x-hub-signature-256', good]])).toBe(400);
    const twice: [string, string][] = [
      ['x-hub-signature-256', good],
      ['x-hub-signature-256', FORGED],
    ];
    expect(await post(body, twice)).toBe(400);
    expect(app.intake.received).toEqual([]);
    expect(await post(body, [['x-hub-signature-256', good]])).toBe(200);
  });

  it('tells the outside nothing of an error, and the log no payload', async () => {
    app.intake.failure = new Error('password=hunter2 at postgres://user:pw@db');
    const posted = await app.deliver('pull_request', closed);
    expect(posted).toEqual({ status: 503, text: 'not taken in; it can be delivered again\n' });
    expect(app.logged().join('')).not.toMatch(/"pull_request":|feat: x/);
    expect(app.logged().join('')).toContain('"delivery"');
  });

  it('says 2xx of nothing that is not taken in yet, and says so while GitHub still listens', async () => {
    await app.stop();
    app = await startApp({ patienceMilliseconds: 20 });
    const database = Promise.withResolvers<void>();
    app.intake.until = database.promise;
    const put = [await app.deliver('pull_request', closed, { id: 'a' }), await app.deliver('pull_request', closed)];
    expect(put.map(({ status }) => status)).toEqual([503, 503]);
    expect(app.logged().filter((line) => line.includes('a webhook was put off'))).toHaveLength(2);

    database.resolve();
    expect((await app.deliver('pull_request', closed, { id: 'a' })).status).toBe(200);
    expect(app.intake.received.filter(({ id }) => id === 'a')).toHaveLength(1);
  });

  it('asks who was put off to come again in ten seconds', async () => {
    app.intake.failure = new Error('no database');
    const body = JSON.stringify(closed);
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': '1',
      'x-hub-signature-256': await sign(SECRET, body),
    };
    const response = await fetch(`${app.url}${PATH}`, { method: 'POST', body, headers });
    expect(response.headers.get('retry-after')).toBe('10');
  });

  it('takes in what GitHub sends although it answers nothing itself', async () => {
    app.github.outage = 502;
    expect((await app.deliver('issue_comment', commentEvent('/ephemeral destroy'))).status).toBe(200);
    expect(app.intake.received).toHaveLength(1);
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
