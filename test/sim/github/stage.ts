import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach } from '@jest/globals';
import { Octokit } from '@octokit/rest';
import pino from 'pino';
import { Probot, ProbotOctokit } from 'probot';
import { createSteppedClock, type SteppedClock } from '../../../sim/clock.ts';
import { isJsonObject, type JsonObject } from '../../../sim/github/json.ts';
import { type MinimalSeed, seedMinimal } from '../../../sim/github/seeds/minimal.ts';
import { type GitHubSimulator, type GitHubSimulatorOptions, startGitHubSimulator } from '../../../sim/github/server.ts';

export interface Received {
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  readonly payload: JsonObject;
  /** `event.action`, or `event` */
  readonly name: string;
}

export interface Stage {
  readonly github: GitHubSimulator;
  readonly clock: SteppedClock;
  readonly seed: MinimalSeed;
  /** What a developer names in `actions` for the seeded pull request. */
  readonly on: { readonly repository: string; readonly actor: string; readonly number: number };
  /** What Octokit calls the seeded repository. */
  readonly repo: { readonly owner: string; readonly repo: string };
}

const openThings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of openThings.splice(0).toReversed()) {
    await close();
  }
});

/** A started simulator with the minimal seed, closed after the test. */
export async function stage(
  options: Partial<GitHubSimulatorOptions> = {},
  seeding: Parameters<typeof seedMinimal>[1] = {},
): Promise<Stage> {
  const clock = createSteppedClock();
  const github = await startGitHubSimulator({ clock, ...options });
  openThings.push(async () => await github.close());
  const seed = seedMinimal(github, seeding);
  const on = { repository: seed.repository, actor: seed.people.developer, number: seed.number };
  const [owner = '', repo = ''] = seed.repository.split('/');
  return { github, clock, seed, on, repo: { owner, repo } };
}

/** Probot's own client without its throttling, which in form of an object Probot ignores. */
export const quickOctokit = ProbotOctokit.defaults((options: object) => ({
  ...options,
  throttle: { enabled: false },
  retry: { enabled: false },
}));

export const secret = 'a secret of this test';

export function probotFor(github: GitHubSimulator): Probot {
  const { id, privateKeyPem } = github.app;
  const log = pino({ level: 'silent' });
  return new Probot({ appId: id, privateKey: privateKeyPem, secret, baseUrl: github.url, log, Octokit: quickOctokit });
}

/** A client that acts as the installed app. */
export async function appClient({ github, seed }: Stage): Promise<ProbotOctokit> {
  return await probotFor(github).auth(seed.installation.id);
}

/** A client that acts as a person, or with any other token. */
export function userClient(github: GitHubSimulator, token: string | undefined): Octokit {
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  return new Octokit({ baseUrl: github.url, log: silent, ...(token !== undefined && { auth: token }) });
}

export async function listenOn(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  openThings.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

function receivedFrom(from: IncomingHttpHeaders, body: string): Received {
  const headers = Object.fromEntries(Object.entries(from).map(([name, value]) => [name, String(value)]));
  const parsed: unknown = JSON.parse(body);
  const payload = isJsonObject(parsed) ? parsed : {};
  const action = payload['action'];
  const name = [headers['x-github-event'], ...(typeof action === 'string' ? [action] : [])].join('.');
  return { headers, body, payload, name };
}

/** Somebody who takes webhooks and keeps them, in the order they came. */
export async function receiver(
  answer: { status: number } = { status: 200 },
): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(receivedFrom(request.headers, Buffer.concat(chunks).toString('utf8')));
      response.writeHead(answer.status).end('seen');
    });
  });
  return { url: await listenOn(server), received };
}

/** Runs something that must be refused and tells how. */
export async function refusal(attempt: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Error && 'status' in error) {
      return { status: Number(error.status), message: error.message };
    }
    throw error;
  }
  throw new Error('it was not refused');
}
