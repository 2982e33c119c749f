import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sign } from '@octokit/webhooks-methods';
import { type AwsSimulator, startAwsSimulator } from '../sim/aws/server.ts';
import { createSteppedClock, type SteppedClock } from '../sim/clock.ts';
import { seedMinimal } from '../sim/github/seeds/minimal.ts';
import { type GitHubSimulator, startGitHubSimulator } from '../sim/github/server.ts';
import { startPostgres } from '../sim/postgres/embedded-postgres.ts';
import { ENVIRONMENTS_PATH } from '../src/api/environments-door.ts';
import { quickBlueprint } from './support/blueprints.ts';
import { OPENING_MS, reportMissing } from './support/database.ts';
import { platformText } from './support/platform.ts';
import { type Program, startProgram } from './support/program.ts';
import { rawConnection } from './support/raw-connection.ts';

type Variables = Readonly<Record<string, string>>;

// Each starts a process, and some a Postgres in it: three seconds, and many times that on a busy machine.
jest.setTimeout(60_000);

const postgres = await startPostgres().catch((error: unknown) => ({ error }));

let clock: SteppedClock;
let aws: AwsSimulator;
let github: GitHubSimulator;
let directory: string;
let given: Variables;

beforeAll(async () => {
  clock = createSteppedClock();
  aws = await startAwsSimulator({ clock });
  github = await startGitHubSimulator({ clock });
}, 60_000);
afterAll(async () => {
  await github.close();
  await aws.close();
});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mayfly-main-'));
  await writeFile(join(directory, 'platform.json'), platformText());
  given = {
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKeyPem,
    WEBHOOK_SECRET: github.app.webhookSecret,
    GITHUB_API_URL: github.url,
    PORT: '0',
    DATA_DIR: join(directory, 'data'),
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    PLATFORM_FILE: join(directory, 'platform.json'),
  };
});
afterEach(async () => await rm(directory, { recursive: true, force: true }));

function start(changes: Variables = {}): Program {
  return startProgram('src/main.ts', [], { ...given, ...changes });
}

/**
 * State in a database of its own on a server, where there is one: for tests that are not about where it is. Such a process
 * is up in a fraction of the time that one takes with a Postgres in it.
 */
async function onServer(): Promise<Variables> {
  return 'error' in postgres ? { DATA_DIR: 'memory://' } : { DATABASE_URL: await postgres.createDatabase() };
}

/** What a process says that does not start, once it has ended. */
async function refusal(changes: Variables): Promise<string> {
  const program = start(changes);
  // Of its own accord: nothing of it may run on.
  expect(await program.ended()).toBe(1);
  // One message, and no stack to bury it.
  expect(program.stderr()).not.toMatch(/^ +at /m);
  expect(program.stdout()).not.toContain('mayfly is up');
  return program.stderr();
}

async function webhookUrl(program: Program): Promise<string> {
  const said = await program.says('mayfly is up');
  const line = said.split('\n').find((each) => each.includes('mayfly is up')) ?? '';
  return String((JSON.parse(line) as { webhookUrl?: string }).webhookUrl);
}

describe('a process that cannot start says why, and ends', () => {
  it('when variables are missing: all of them', async () => {
    const said = await refusal({ APP_ID: '', WEBHOOK_SECRET: '', PRIVATE_KEY: 'no key', PLATFORM_FILE: '' });

    for (const name of ['APP_ID', 'WEBHOOK_SECRET', 'PRIVATE_KEY', 'PLATFORM_PARAMETER']) {
      expect(said).toContain(`  ${name}: `);
    }
    expect(said).not.toContain('no key');
  });

  it('when there is no platform document', async () => {
    expect(await refusal({ PLATFORM_FILE: '/nowhere.json' })).toBe(
      'mayfly does not start: reading the platform document /nowhere.json: ' +
        "ENOENT: no such file or directory, open '/nowhere.json'\n",
    );
    expect(await refusal({ PLATFORM_FILE: '', PLATFORM_PARAMETER: '/mayfly/none' })).toBe(
      'mayfly does not start: There is no platform document at /mayfly/none: ' +
        'apply the Terraform of the platform first.\n',
    );
  });

  it('when the platform is in another account', async () => {
    await writeFile(join(directory, 'platform.json'), platformText({ accountId: '999999999999' }));

    expect(await refusal({})).toMatch(
      /^mayfly does not start: these credentials are of account \d{12}, .*999999999999/,
    );
  });

  it('when the database cannot be reached, and not with its password', async () => {
    // secretlint-disable-next-line @secretlint/secretlint-rule-database-connection-string -- made up
    const said = await refusal({ DATABASE_URL: 'postgres://mayfly:hunter2hunter2@127.0.0.1:1/mayfly' });

    expect(said).toBe(
      'mayfly does not start: preparing the database: migrating the database: connect ECONNREFUSED 127.0.0.1:1\n',
    );
  });

  it('when another process has its port, or its data', async () => {
    const first = start();
    const { port } = new URL(await webhookUrl(first));

    expect(await refusal({ PORT: port, ...(await onServer()) })).toBe(
      `mayfly does not start: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
    );
    expect(await refusal({})).toMatch(
      new RegExp(`^mayfly does not start: the database in .*/data is in use by process ${first.pid} on `),
    );
  });
});

it('says on /healthz that it works, ends on SIGTERM, and leaves its data to the next', async () => {
  const first = start();
  const health = new URL('/healthz', await webhookUrl(first));
  expect((await fetch(health)).status).toBe(200);
  const figures = await (await fetch(new URL('?figures', health))).json();
  expect(Object.keys(figures as object)).toEqual(['budgets', 'sweep']);
  expect(await first.ended('SIGTERM')).toBe(0);

  const second = start();
  await second.says('mayfly is up');
  const ended = second.ended('SIGINT');
  await second.says('lets the work in hand end');
  // npm passes a Ctrl-C on that the terminal has sent already: it comes twice, and is one.
  await second.ended('SIGINT');
  expect(await ended).toBe(0);
});

if ('error' in postgres) {
  reportMissing(postgres.error);
} else {
  afterAll(async () => await postgres.stop(), OPENING_MS);

  it('opens a database whose password is in a secret', async () => {
    const url = new URL(await postgres.createDatabase());
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const secrets = new SecretsManagerClient({ region: 'eu-west-1', endpoint: aws.url, credentials });
    const SecretString = JSON.stringify({ username: url.username, password: url.password });
    await secrets.send(new CreateSecretCommand({ Name: 'mayfly/database-1', SecretString }));
    secrets.destroy();
    url.password = '';

    const program = start({ DATABASE_URL: url.href, DATABASE_SECRET: 'mayfly/database-1' });
    const health = new URL('/healthz', await webhookUrl(program));

    expect((await fetch(health)).status).toBe(200);
    expect(await program.ended('SIGTERM')).toBe(0);
    expect(program.stdout()).not.toContain(JSON.parse(SecretString).password);
  });
}

it('shows its environments to nobody while it was told no token', async () => {
  const program = start(await onServer());
  const url = new URL(ENVIRONMENTS_PATH, await webhookUrl(program));

  for (const authorization of ['', 'Bearer ', 'Bearer undefined', `Bearer ${'0'.repeat(32)}`]) {
    const response = await fetch(url, { headers: { authorization } });
    expect([response.status, await response.text()]).toEqual([404, 'not found\n']);
  }
  expect(await program.ended('SIGTERM')).toBe(0);
});

const PASSWORD = 'hunter2hunter2';

describe('what a process was told in confidence', () => {
  const canaries = {
    AWS_SECRET_ACCESS_KEY: `canary-${randomBytes(12).toString('hex')}`,
    AWS_SESSION_TOKEN: `canary-${randomBytes(12).toString('hex')}`,
    WEBHOOK_SECRET: `canary "&\\ ${randomBytes(12).toString('hex')}`,
    API_TOKEN: `canary-${randomBytes(16).toString('hex')}`,
  };

  /** Fails where any of it was said, in whole or, of the key, a line. */
  function expectUnsaid(said: string, more: readonly string[] = []): void {
    const keyLines = github.app.privateKeyPem.split('\n').filter((line) => line.length > 20 && !line.startsWith('-'));
    const words = [...Object.values(canaries), ...keyLines, ...github.store.tokens.keys(), ...more];
    expect(words.filter((word) => said.includes(word) || said.includes(JSON.stringify(word).slice(1, -1)))).toEqual([]);
    expect(said).not.toMatch(/eyJ[\w-]{20,}\.|"body":|-----BEGIN/);
  }

  it('is said nowhere, however talkative it is, whatever fails, and whoever knocks', async () => {
    const seed = seedMinimal(github, { blueprint: quickBlueprint({ database: {} }), owner: 'canaries' });
    const program = start({ ...canaries, ...(await onServer()), LOG_LEVEL: 'trace' });
    const url = await webhookUrl(program);
    github.setWebhook(url, canaries.WEBHOOK_SECRET);
    github.actions.label({ ...seed, actor: seed.people.developer, label: 'ephemeral' });
    const said = () => [...github.store.repository(seed.repository).comments.values()].map(({ body }) => body).join();
    // There is no platform behind the document, and AWS says so.
    while (!said().includes('is failing: room on the platform')) {
      clock.advance(1);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    const knocked = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    expect(knocked.status).toBe(400);
    const shown = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(new URL(ENVIRONMENTS_PATH, url), { headers });
      return [response.status, await response.text()] as const;
    };
    expect((await shown(`${canaries.API_TOKEN}x`))[0]).toBe(401);
    const [status, environments] = await shown(canaries.API_TOKEN);
    expect([status, JSON.parse(environments)]).toMatchObject([200, { environments: [{ phase: 'failing' }] }]);
    expectUnsaid(environments);
    expect(await program.ended('SIGTERM')).toBe(0);
    // Another process would find it.
    github.actions.uninstallApp({ actor: seed.people.owner, installation: seed.installation });

    expect(program.stdout().length).toBeGreaterThan(1000);
    expectUnsaid(program.stdout() + program.stderr() + said());
    for (const line of program.stdout().trim().split('\n')) {
      expect(JSON.parse(line)).toHaveProperty('level');
    }
  });

  it.each([
    ['the database cannot be reached', { DATABASE_URL: `postgres://mayfly:${PASSWORD}@127.0.0.1:1/mayfly` }],
    ['its URL is none', { DATABASE_URL: `postgres://mayfly:${PASSWORD}@[::1/mayfly` }],
    ['the key is cut short', { PRIVATE_KEY: `-----BEGIN RSA PRIVATE KEY-----\n${PASSWORD}` }],
    ['GitHub does not know the app', { APP_ID: '1' }],
  ])('is not said when it does not start because %s', async (_why, changes) => {
    expectUnsaid(await refusal({ ...canaries, ...changes }), [PASSWORD]);
  });
});

const MB = 1024 * 1024;

/** Resident bytes of another process, as Linux counts them (proc(5), `VmRSS`). */
async function residentBytes(pid: number | undefined): Promise<number> {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

it('holds nothing of 400 MB that bear no signature, four senders at once', async () => {
  if (process.platform !== 'linux') {
    return;
  }
  const program = start();
  const url = await webhookUrl(program);
  const before = await residentBytes(program.pid);
  let peak = 0;
  const send = async (): Promise<string> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (text: string) => {
      answer += text;
    });
    socket.write(`POST ${new URL(url).pathname} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`);
    socket.write(`content-length: ${100 * MB}\r\n\r\n`);
    const piece = Buffer.alloc(MB, 'x');
    for (let sent = 0; sent < 100; sent += 1) {
      if (!socket.write(piece)) {
        await once(socket, 'drain');
      }
      peak = Math.max(peak, sent % 20 === 0 ? await residentBytes(program.pid) : 0);
    }
    await once(socket, 'close');
    return answer.split('\r\n', 1)[0] ?? '';
  };
  expect(await Promise.all(Array.from({ length: 4 }, send))).toEqual(Array(4).fill('HTTP/1.1 400 Bad Request'));
  expect((peak - before) / MB).toBeLessThan(64);
});

describe('on SIGTERM', () => {
  /** Real seconds that Amazon ECS gives a container between SIGTERM and SIGKILL (`stopTimeout`, 30 unless set). */
  const GRACE_SECONDS = 30;

  /** A webhook of its own, cut in two, so that it is in hand for as long as the test likes. */
  async function halves(): Promise<readonly [string, string]> {
    const body = JSON.stringify({ zen: 'Half of this comes later.', hook_id: 1 });
    const head = [
      'POST /api/github/webhooks HTTP/1.1',
      'host: mayfly',
      'content-type: application/json',
      'x-github-event: ping',
      'x-github-delivery: 72d3162e-cc78-11e3-81ab-4c9367dc0958',
      `x-hub-signature-256: ${await sign(github.app.webhookSecret, body)}`,
      `content-length: ${body.length}`,
      // Answered as soon as the server has begun with the request.
      'expect: 100-continue',
    ];
    return [`${head.join('\r\n')}\r\n\r\n${body.slice(0, 20)}`, body.slice(20)];
  }

  /** Connects until that is refused, and says how. */
  async function refusalOf(port: number): Promise<string> {
    for (;;) {
      try {
        await rawConnection(port);
      } catch (error) {
        return String(error);
      }
    }
  }

  it('answers the delivery in hand, ends the pass in hand, and leaves no connection open', async () => {
    const seed = seedMinimal(github, { blueprint: quickBlueprint() });
    // A sweep asks about load balancers, too.
    const program = start({ ...(await onServer()), SWEEP: 'off' });
    const url = await webhookUrl(program);
    const port = Number(new URL(url).port);
    const pass = aws.faults.add({ service: 'elasticloadbalancing', effect: { kind: 'delay', seconds: 3600 } });
    github.setWebhook(url, github.app.webhookSecret);
    github.actions.label({ ...seed, actor: seed.people.developer, label: 'ephemeral' });
    while (aws.faults.list().find(({ id }) => id === pass)?.struck !== 1) {
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    const idle = await rawConnection(port);
    idle.send('GET /healthz HTTP/1.1\r\nhost: mayfly\r\n\r\n');
    await idle.receives('ok\n');
    const [first, rest] = await halves();
    const delivery = await rawConnection(port);
    delivery.send(first);
    await delivery.receives('100 Continue');
    const comments = () => github.requestLog.filter(({ operation }) => operation === 'issues/create-comment').length;
    const before = comments();

    const askedAt = performance.now();
    const ended = program.ended('SIGTERM');
    await program.says('lets the work in hand end');
    // Nobody new is let in, and who had nothing in hand is sent away.
    await idle.closed;
    // Node closes what is idle a moment before it ceases to listen.
    await expect(refusalOf(port)).resolves.toContain('ECONNREFUSED');
    expect(comments()).toBe(before);
    delivery.send(rest);
    expect(await delivery.receives('\r\n\r\nok')).toMatch(/^HTTP\/1\.1 200 OK\r\n/m);
    await delivery.closed;
    // Only the pass is left, for which it waits.
    clock.advance(3600);

    expect(await ended).toBe(0);
    expect((performance.now() - askedAt) / 1000).toBeLessThan(GRACE_SECONDS);
    // The pass went on to its end, which is to say so on the pull request.
    expect(comments()).toBe(before + 1);
    expect(program.stderr()).toBe('');
  });

  it('ends at once while it is not up yet', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const asked = new Promise((resolve) => silent.once('connection', resolve));
    const { port } = silent.address() as AddressInfo;
    const program = start({ DATABASE_URL: `postgres://mayfly@127.0.0.1:${port}/mayfly` });
    await asked;

    expect(await program.ended('SIGTERM')).toBe(0);
    expect(program.stdout()).toContain('mayfly ends before it is up');
    await new Promise((resolve) => silent.close(resolve));
  });
});
