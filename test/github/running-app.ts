import { randomUUID } from 'node:crypto';
import { sign } from '@octokit/webhooks-methods';
import { createApp } from '../../src/github/app.ts';
import { createOctokitSource } from '../../src/github/octokit-source.ts';
import { createProbot } from '../../src/github/probot.ts';
import { createWebServer, type RequestHandler, type WebServer } from '../../src/github/server.ts';
import { APP_KEY } from './app-key.ts';
import { createCapturedLog } from './captured-log.ts';
import { createRecordingIntake, type RecordingIntake } from './recording-intake.ts';
import { type StubGitHub, startStubGitHub } from './stub-github.ts';

export const SECRET = 'a secret of this test alone';
export const PATH = '/api/github/webhooks';
const APP_ID = 480_001;

interface Posted {
  readonly status: number;
  readonly text: string;
}

export interface RunningApp {
  readonly url: string;
  readonly intake: RecordingIntake;
  readonly github: StubGitHub;
  readonly server: WebServer;
  logged(): string[];
  /** Signs and posts a payload as GitHub does. */
  deliver(event: string, payload: unknown, more?: { id?: string; secret?: string; body?: string }): Promise<Posted>;
  stop(): Promise<void>;
}

/** The whole door, a real Probot and the real handlers; GitHub is a stub and the intake records. */
export async function startApp({
  extraHandlers,
  check = async () => undefined,
  figures,
  requestMilliseconds,
  patienceMilliseconds,
}: {
  extraHandlers?: readonly RequestHandler[];
  check?: () => Promise<void>;
  figures?: () => Promise<object>;
  requestMilliseconds?: number;
  patienceMilliseconds?: number;
} = {}): Promise<RunningApp> {
  const github = await startStubGitHub();
  const { log, lines } = createCapturedLog();
  const intake = createRecordingIntake();
  const probot = await createProbot({
    appId: APP_ID,
    privateKey: APP_KEY,
    webhookSecret: SECRET,
    baseUrl: github.url,
    log,
    spacedWrites: false,
  });
  const app = createApp({
    intake,
    octokits: createOctokitSource(probot),
    label: 'ephemeral',
    allowedBots: ['renovate[bot]', 'mayfly[bot]'],
    appId: APP_ID,
    ownLogin: 'mayfly[bot]',
  });
  const server = await createWebServer({
    probot,
    app,
    path: PATH,
    log,
    check,
    ...(figures ? { figures } : {}),
    ...(extraHandlers ? { extraHandlers } : {}),
    ...(requestMilliseconds === undefined ? {} : { requestMilliseconds }),
    ...(patienceMilliseconds === undefined ? {} : { patienceMilliseconds }),
  });
  const { port } = await server.listen({ port: 0 });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    intake,
    github,
    server,
    logged: lines,
    async deliver(event, payload, { id = randomUUID(), secret = SECRET, body = JSON.stringify(payload) } = {}) {
      const response = await fetch(`${url}${PATH}`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-github-event': event,
          'x-github-delivery': id,
          'x-hub-signature-256': await sign(secret, body),
        },
      });
      return { status: response.status, text: await response.text() };
    },
    async stop() {
      await server.close({ graceMilliseconds: 1000 });
      await github.close();
    },
  };
}
