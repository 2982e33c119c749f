import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';
import { type AwsSimulator, startAwsSimulator } from '../../sim/aws/server.ts';
import { createSteppedClock, type SteppedClock } from '../../sim/clock.ts';
import { type MinimalSeed, seedMinimal } from '../../sim/github/seeds/minimal.ts';
import { type GitHubSimulator, startGitHubSimulator } from '../../sim/github/server.ts';
import { platformText } from '../support/platform.ts';
import { type Program, startProgram } from '../support/program.ts';
import { open, type Page } from './browser.ts';

// Each starts a process or two, on a machine that may be busy.
jest.setTimeout(60_000);

const AWS_ENVIRONMENT = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
const APP = parse(await readFile('app.yml', 'utf8')) as Record<string, unknown>;

let clock: SteppedClock;
let aws: AwsSimulator;
let github: GitHubSimulator;
let seed: MinimalSeed;
let directory: string;
let envFile: string;

beforeEach(async () => {
  clock = createSteppedClock({ startAt: new Date() });
  aws = await startAwsSimulator({ clock });
  github = await startGitHubSimulator({ clock, clientClock: clock });
  seed = seedMinimal(github);
  directory = await mkdtemp(join(tmpdir(), 'mayfly-create-app-'));
  envFile = join(directory, '.env');
});
afterEach(async () => {
  expect(github.violations).toEqual([]);
  await github.close();
  await aws.close();
  await rm(directory, { recursive: true, force: true });
});

function createApp(args: readonly string[] = ['--file', envFile], webhookUrl = 'http://127.0.0.1:9/hooks'): Program {
  const given = ['--github', github.url, '--webhook-url', webhookUrl, '--name', 'Shop environments', ...args];
  return startProgram('tools/create-app.ts', given, { ...AWS_ENVIRONMENT, AWS_ENDPOINT_URL: aws.url });
}

/** The page that the program shows, once it says where. */
async function firstPage(program: Program): Promise<Page> {
  const said = await program.says('press the button');
  return await open(/Open (\S+) /.exec(said)?.[1] ?? '');
}

/** Both buttons; GitHub leads back to the program's own page. */
async function register(program: Program, filled: Readonly<Record<string, string>> = {}): Promise<Page> {
  const atGitHub = await (await firstPage(program)).submit();
  return await atGitHub.submit({ actor: seed.people.owner, ...filled });
}

/** Everything that the program printed or a URL held. */
function publicly(program: Program): string {
  return [program.stdout(), program.stderr(), ...github.requestLog.map(({ path }) => path)].join('\n');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** As a browser asks that was told that this name is this machine. */
async function statusAs(host: string, url: string): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}

function secretsManager(): SecretsManagerClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SecretsManagerClient({ region: 'eu-west-1', endpoint: aws.url, credentials });
}

describe('npm run create-app', () => {
  it('registers the app of app.yml with two buttons, and Mayfly runs on what it wrote', async () => {
    const port = await freePort();
    const program = createApp(undefined, `http://127.0.0.1:${port}/api/github/webhooks`);
    const done = await register(program);

    expect(await program.ended()).toBe(0);
    expect(done.status).toBe(200);
    const install = `${github.url}/apps/shop-environments/installations/new`;
    expect(done.html).toContain(`href="${install}"`);
    expect(program.stdout()).toContain(install);
    expect((await stat(envFile)).mode & 0o777).toBe(0o600);
    const written = parseEnv(await readFile(envFile, 'utf8')) as Record<string, string>;
    expect(Object.keys(written).sort()).toEqual(['APP_ID', 'GITHUB_API_URL', 'PRIVATE_KEY', 'WEBHOOK_SECRET']);
    expect(publicly(program)).not.toContain(written['WEBHOOK_SECRET']);
    expect(publicly(program)).not.toContain('PRIVATE KEY-----');

    await writeFile(join(directory, 'platform.json'), platformText());
    const mayfly = startProgram('src/main.ts', [], {
      ...AWS_ENVIRONMENT,
      ...written,
      AWS_ENDPOINT_URL: aws.url,
      PORT: String(port),
      DATA_DIR: 'memory://',
      PLATFORM_FILE: join(directory, 'platform.json'),
    });
    await mayfly.says('mayfly is up');
    github.actions.installApp({ actor: seed.people.owner, account: 'acme' });
    github.actions.label({
      repository: seed.repository,
      actor: seed.people.developer,
      number: seed.number,
      label: 'ephemeral',
    });
    await github.settled();

    const told = github.deliveries.filter(({ event }) => event !== 'ping');
    expect(told.map(({ event, action, statusCode }) => [event, action, statusCode])).toEqual([
      ['installation', 'created', 200],
      ['pull_request', 'labeled', 200],
    ]);
    expect(await mayfly.ended('SIGTERM')).toBe(0);
  });

  it('asks GitHub for what app.yml says, for the organisation that is to own it', async () => {
    github.founding.addOrganisation('dvsa');
    const program = createApp(['--file', envFile, '--organisation', 'dvsa', '--homepage', 'https://vol.example/']);
    await register(program, { name: 'Named on GitHub' });

    expect(await program.ended()).toBe(0);
    const [asked] = github.requestLog.filter(({ operation }) => operation === 'apps/create-from-manifest');
    expect(asked).toMatchObject({ status: 201, caller: 'anonymous' });
    const { APP_ID } = parseEnv(await readFile(envFile, 'utf8'));
    expect(program.stdout()).toContain(`/apps/named-on-github is registered; its id is ${APP_ID}.`);
    const { permissions } = github.actions.installApp({ actor: seed.people.owner, account: 'dvsa' });
    expect(permissions).toEqual(APP['default_permissions']);
  });

  it('fills the two secrets that Terraform made, and no others', async () => {
    const client = secretsManager();
    const names = ['nonprod-mayfly/private-key', 'nonprod-mayfly/webhook-secret'];
    for (const Name of names) {
      await client.send(new CreateSecretCommand({ Name }));
    }
    const program = createApp(['--secrets', 'nonprod-mayfly']);
    await register(program);

    expect(await program.ended()).toBe(0);
    const [key = '', secret = ''] = await Promise.all(
      names.map(async (SecretId) => (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString),
    );
    expect(key).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
    expect(secret).toMatch(/^[\da-f]{40}$/);
    expect(publicly(program)).not.toContain(secret);
    expect(program.stdout()).toMatch(
      /nonprod-mayfly\/private-key and .* hold its credentials\. Give the module `app` its id, \d+\./,
    );
  });

  it('does not begin where the credentials could not be kept', async () => {
    await writeFile(envFile, 'APP_ID=1\n');
    const taken = createApp();
    expect(await taken.ended()).toBe(1);
    expect(taken.stderr()).toContain(`${envFile} is there already, and is not overwritten`);
    expect(await readFile(envFile, 'utf8')).toBe('APP_ID=1\n');

    const unmade = createApp(['--secrets', 'nonprod-mayfly']);
    expect(await unmade.ended()).toBe(1);
    expect(unmade.stderr()).toContain('there is no secret nonprod-mayfly/private-key in this account and region');

    const client = secretsManager();
    for (const Name of ['nonprod-mayfly/private-key', 'nonprod-mayfly/webhook-secret']) {
      await client.send(new CreateSecretCommand({ Name }));
      await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString: 'of another app' }));
    }
    const filled = createApp(['--secrets', 'nonprod-mayfly']);
    expect(await filled.ended()).toBe(1);
    expect(filled.stderr()).toContain('the secret nonprod-mayfly/private-key has a value already');
  });

  it('takes no code with a wrong state or none, and waits for its own', async () => {
    const program = createApp();
    const page = await firstPage(program);
    const atGitHub = await page.submit();
    const { url: stray } = await atGitHub.submit({ actor: seed.people.owner, state: 'of somebody else' });

    expect((await open(stray)).status).toBe(400);
    expect((await open(new URL('/registered?code=abc', page.url))).status).toBe(400);
    expect(github.requestLog).toEqual([]);

    await atGitHub.submit({ actor: seed.people.owner, name: 'Another name' });
    expect(await program.ended()).toBe(0);
  });

  it('answers nobody who calls this machine by another name, and nothing but reading', async () => {
    const program = createApp();
    const { url, headers } = await firstPage(program);

    expect(await statusAs('mayfly.attacker.example', url)).toBe(403);
    expect((await open(url, { method: 'POST', body: 'x' })).status).toBe(403);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await program.ended('SIGINT')).toBe(130);
  });

  it.each([
    {
      reason: 'expired',
      spoil: () => clock.advance(3601),
      said: 'GitHub does not know the code: it takes each one once, and within an hour. Start again',
    },
    {
      reason: 'used by somebody else',
      spoil: () => github.store.manifestCodes.clear(),
      said: 'GitHub does not know the code: it takes each one once, and within an hour. Start again',
    },
    {
      reason: 'of a GitHub in trouble',
      spoil: () =>
        github.faults.addRest({ operation: 'apps/create-from-manifest', effect: { kind: 'status', status: 502 } }),
      said: 'GitHub answered 502 to the code: see whether the app is there, and start again',
    },
  ])('says so, in the browser too, when the code is $reason', async ({ spoil, said }) => {
    const program = createApp();
    const atGitHub = await (await firstPage(program)).submit();
    const { headers } = await atGitHub.submit({ actor: seed.people.owner }, 'manual');
    spoil();
    const back = await open(headers.get('location') ?? '');

    expect(back.status).toBe(502);
    expect(back.html).toContain(said);
    expect(await program.ended()).toBe(1);
    expect(program.stderr()).toBe(`${said}\n`);
    await expect(stat(envFile)).rejects.toThrow('ENOENT');
  });

  it('exchanges one code, however often the browser comes back with it', async () => {
    const program = createApp();
    const atGitHub = await (await firstPage(program)).submit();
    const { headers } = await atGitHub.submit({ actor: seed.people.owner }, 'manual');
    const back = headers.get('location') ?? '';
    const pages = await Promise.allSettled([open(back), open(back)]);

    expect(await program.ended()).toBe(0);
    expect(pages.filter((page) => page.status === 'fulfilled' && page.value.status === 200)).toHaveLength(1);
    expect(github.requestLog.filter(({ operation }) => operation === 'apps/create-from-manifest')).toHaveLength(1);
  });

  it('ends on Ctrl-C with nothing kept, and says what may be left on GitHub', async () => {
    const program = createApp();
    await firstPage(program);

    expect(await program.ended('SIGINT')).toBe(130);
    expect(program.stdout()).toContain('Nothing was kept.');
    await expect(stat(envFile)).rejects.toThrow('ENOENT');
  });
});
