import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { pullRequestEvent } from './handlers/payloads.ts';
import { PATH, type RunningApp, startApp } from './running-app.ts';

let app: RunningApp | undefined;

afterEach(async () => {
  await app?.stop();
  app = undefined;
});

describe('the web server', () => {
  it('says that it is there', async () => {
    app = await startApp();
    const response = await fetch(`${app.url}/healthz`);
    expect([response.status, await response.text()]).toEqual([200, 'ok\n']);
  });

  it('keeps a silent connection for longer than a load balancer does', async () => {
    app = await startApp();
    const response = await fetch(`${app.url}/healthz`);
    expect(response.headers.get('keep-alive')).toBe('timeout=65');
  });

  it('says that it cannot work while the database does not answer, and logs that once', async () => {
    let broken = true;
    app = await startApp({
      async check() {
        if (broken) {
          throw new Error('connect ECONNREFUSED');
        }
      },
    });
    const ask = async () => {
      const response = await fetch(`${app?.url}/healthz`);
      return [response.status, await response.text()];
    };
    expect(await ask()).toEqual([503, 'no database\n']);
    expect(await ask()).toEqual([503, 'no database\n']);
    expect(app.logged().filter((line) => line.includes('does not answer'))).toHaveLength(1);
    broken = false;
    expect(await ask()).toEqual([200, 'ok\n']);
  });

  it('shows figures to whoever asks for them, and asks for them once for many', async () => {
    let reads = 0;
    app = await startApp({ figures: async () => await Promise.resolve({ reads: (reads += 1) }) });
    const url = `${app.url}/healthz?figures`;
    const answers = await Promise.all([1, 2, 3].map(async () => await (await fetch(url)).json()));
    expect(answers).toEqual([{ reads: 1 }, { reads: 1 }, { reads: 1 }]);
    expect(await (await fetch(`${app.url}/healthz`)).text()).toBe('ok\n');
    await app.stop();
    app = await startApp();
    expect(await (await fetch(`${app.url}/healthz?figures`)).text()).toBe('ok\n');
  });

  it('says that there are no figures when they cannot be read', async () => {
    app = await startApp({ figures: async () => await Promise.reject(new Error('relation does not exist')) });
    const response = await fetch(`${app.url}/healthz?figures`);
    expect([response.status, await response.text()]).toEqual([503, 'no figures\n']);
    expect(app.logged().filter((line) => line.includes('the figures could not be read'))).toHaveLength(1);
  });

  it('asks further handlers in their order, and answers 404 when none wants the request', async () => {
    app = await startApp({
      extraHandlers: [
        () => false,
        ({ url }, response) => {
          response.end('page');
          return url === '/page';
        },
      ],
    });
    expect(await (await fetch(`${app.url}/page`)).text()).toBe('page');
    await app.stop();
    app = await startApp();
    expect((await fetch(`${app.url}/page`)).status).toBe(404);
  });

  it('hangs up on a handler that throws, and goes on', async () => {
    app = await startApp({
      extraHandlers: [
        () => {
          throw new Error('a secret');
        },
      ],
    });
    await expect(fetch(`${app.url}/page`)).rejects.toThrow();
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  });

  it('closes although a stream is open, lets what is in hand end and refuses what is new', async () => {
    app = await startApp({
      extraHandlers: [
        (_request, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
          return true;
        },
      ],
    });
    const stream = await fetch(`${app.url}/events`);
    const kept = connect(Number(new URL(app.url).port), '127.0.0.1');
    await once(kept, 'connect');
    // The server knows this connection as busy, so that it is still there when the door is shut.
    kept.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\n`);
    const { received } = app.intake;
    let release = (): void => undefined;
    const taken = new Promise<void>((resolve) => {
      release = resolve;
    });
    const begun = new Promise<void>((begin) => {
      const record = app?.intake;
      if (record) {
        record.receive = async (event) => {
          begin();
          await taken;
          received.push(event);
          return 'taken';
        };
      }
    });
    const delivery = app.deliver('pull_request', pullRequestEvent('closed', { state: 'closed' }));
    await begun;
    const closing = app.server.close({ graceMilliseconds: 60_000 });
    kept.write('content-length: 0\r\n\r\n');
    const [refusal] = (await once(kept, 'data')) as [Buffer];
    expect(refusal.toString()).toMatch(/^HTTP\/1\.1 503 /);
    release();
    expect((await delivery).status).toBe(200);
    await closing;
    expect(received).toHaveLength(1);
    await expect(stream.text()).rejects.toThrow();
    await expect(fetch(`${app.url}/healthz`)).rejects.toThrow();
  });
});
