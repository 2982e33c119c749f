import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironmentsDoor, ENVIRONMENTS_PATH } from '../../src/api/environments-door.ts';
import { createCapturedLog } from '../github/captured-log.ts';

const TOKEN = 'a-token.of_this~test/alone+0123456789==';
const ENVIRONMENTS = [{ name: 'pr-7', expiresAt: new Date('2026-11-27T09:00:00Z') }];

let server: Server;
let log: ReturnType<typeof createCapturedLog>;
let reads: number;
/** Called once the door has a request in hand. */
let onArrival: () => void;
let read: () => Promise<readonly object[]>;

beforeEach(async () => {
  log = createCapturedLog();
  reads = 0;
  onArrival = () => undefined;
  read = async () => await Promise.resolve(ENVIRONMENTS);
  const door = createEnvironmentsDoor({
    token: TOKEN,
    log: log.log,
    read: async () => {
      reads += 1;
      return await read();
    },
  });
  server = createServer((request, response) => {
    const answered = door(request, response);
    onArrival();
    void answered.then((isAnswered) => isAnswered || response.writeHead(404).end('somebody else'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function ask(authorization?: string, { method = 'GET', path = ENVIRONMENTS_PATH } = {}) {
  const { port } = server.address() as AddressInfo;
  const headers = authorization === undefined ? {} : { authorization };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('the door to the environments', () => {
  it('shows them to whoever has the token, as JSON that no cache keeps', async () => {
    const { status, headers, text } = await ask(`Bearer ${TOKEN}`);

    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ environments: [{ name: 'pr-7', expiresAt: '2026-11-27T09:00:00.000Z' }] });
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['no token', undefined],
    ['another token', `Bearer ${TOKEN.slice(0, -2)}x=`],
    ['a beginning of it', `Bearer ${TOKEN.slice(0, 20)}`],
    ['more than it', `Bearer ${TOKEN}=`],
    ['an empty one', 'Bearer '],
    ['the token as a password', `Basic ${Buffer.from(`mayfly:${TOKEN}`).toString('base64')}`],
    ['the token alone', TOKEN],
    ['letters of no ASCII', 'Bearer \u00fcber'],
  ])('shows nothing to %s, and reads nothing', async (_, authorization) => {
    const { status, headers, text } = await ask(authorization);

    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="mayfly"');
    expect(JSON.parse(text)).toEqual({ problem: 'a token is wanted: Authorization: Bearer …' });
    expect(reads).toBe(0);
  });

  it('takes no token from an address, where it would be in logs', async () => {
    const { status } = await ask(undefined, { path: `${ENVIRONMENTS_PATH}?access_token=${encodeURIComponent(TOKEN)}` });

    expect({ status, reads }).toEqual({ status: 401, reads: 0 });
  });

  it('counts in its log who had a wrong token, and writes down no token', async () => {
    for (let times = 0; times < 5; times += 1) {
      await ask(`Bearer wrong-${times}-${'x'.repeat(40)}`);
    }
    await ask();

    expect(log.lines().map((line) => JSON.parse(line) as { msg: string; times: number })).toEqual(
      [1, 2, 4].map((times) =>
        expect.objectContaining({ times, msg: 'somebody asked for the environments with a token that is none' }),
      ),
    );
    expect(log.lines().join()).not.toContain('wrong-');
  });

  it('takes the word Bearer in any case', async () => {
    expect((await ask(`bearer ${TOKEN}`)).status).toBe(200);
  });

  it('only shows, whatever is asked', async () => {
    const { status, headers } = await ask(`Bearer ${TOKEN}`, { method: 'POST' });

    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await ask(undefined, { method: 'DELETE' })).status).toBe(401);
    expect(await ask(`Bearer ${TOKEN}`, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it.each([`${ENVIRONMENTS_PATH}/`, `${ENVIRONMENTS_PATH}x`, '/', `/x${ENVIRONMENTS_PATH}`])(
    'leaves %s to others',
    async (path) => {
      expect(await ask(`Bearer ${TOKEN}`, { path })).toMatchObject({ status: 404, text: 'somebody else' });
    },
  );

  it('says that they cannot be read now, and why only in its log', async () => {
    read = async () => await Promise.reject(new Error('relation "environments" does not exist'));
    const { status, text } = await ask(`Bearer ${TOKEN}`);

    expect({ status, text: JSON.parse(text) as unknown }).toEqual({
      status: 503,
      text: { problem: 'the environments cannot be read now' },
    });
    expect(log.lines().join()).toContain('the environments could not be read');
    read = async () => await Promise.resolve([]);
    expect((await ask(`Bearer ${TOKEN}`)).text).toBe('{"environments":[]}\n');
  });

  it('reads them once for all who ask meanwhile', async () => {
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    read = async () => {
      await held;
      return ENVIRONMENTS;
    };
    let arrived = 0;
    onArrival = () => {
      arrived += 1;
      if (arrived === 3) {
        go();
      }
    };
    const answers = await Promise.all([1, 2, 3].map(async () => await ask(`Bearer ${TOKEN}`)));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(reads).toBe(1);
    await ask(`Bearer ${TOKEN}`);
    expect(reads).toBe(2);
  });
});
