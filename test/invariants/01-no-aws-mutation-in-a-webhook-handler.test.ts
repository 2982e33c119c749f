import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import type { Probot } from 'probot';
import { createSteppedClock } from '../../sim/clock.ts';
import { createApp } from '../../src/github/app.ts';
import { createIntake } from '../../src/reconcile/inbox/receive.ts';
import { checkRunEvent, commentEvent, pullRequestEvent, workflowRunEvent } from '../github/handlers/payloads.ts';
import { createMemoryStore } from '../support/memory-store.ts';

type Handler = (context: { id: string; payload: unknown }) => Promise<void>;
const SRC = fileURLToPath(new URL('../../src', import.meta.url));
const ours = { label: 'ephemeral', labels: ['ephemeral'] };

const EVENTS: readonly (readonly [name: string, payload: Record<string, unknown>])[] = [
  ...['opened', 'reopened', 'closed', 'labeled', 'unlabeled', 'synchronize', 'edited'].map(
    (action) => [`pull_request.${action}`, pullRequestEvent(action, ours)] as const,
  ),
  ...['create', 'redeploy', 'destroy', 'extend 3d', 'status', 'logs web', 'test smoke', 'help', 'nonsense'].map(
    (command) => ['issue_comment.created', commentEvent(`/ephemeral ${command}`)] as const,
  ),
  ...['extend', 'redeploy', 'destroy'].map(
    (identifier) => ['check_run.requested_action', checkRunEvent('requested_action', { identifier })] as const,
  ),
  ['issue_comment.edited', commentEvent('/ephemeral destroy', { action: 'edited' })],
  ['check_run.rerequested', checkRunEvent('rerequested')],
  ['workflow_run.completed', workflowRunEvent('completed', { id: 1, event: 'workflow_dispatch' })],
  ['installation.suspend', { action: 'suspend', installation: { id: 7 } }],
];

/** The handlers by event, with the inbox behind them that a server has. */
function listen() {
  const handlers = new Map<string, Handler>();
  const store = createMemoryStore();
  const settings = {
    label: 'ephemeral',
    ttlSeconds: 3600,
    maxTtlSeconds: 7200,
    environmentPrefixes: {},
    suitesOf: () => ['smoke'],
    hasDatabase: () => true,
  };
  const on = (names: string | string[], handler: Handler) => {
    for (const name of [names].flat()) {
      handlers.set(name, handler);
    }
  };
  const app = createApp({
    intake: createIntake({ store, clock: createSteppedClock(), settings }),
    octokits: { forget: () => undefined },
    label: 'ephemeral',
    allowedBots: [],
    appId: 480_001,
    ownLogin: 'mayfly[bot]',
  });
  void app({ on } as unknown as Probot, {} as never);
  return { handlers, store };
}

/** Every file of Mayfly's and every package that a file brings with it, itself included. */
function broughtBy(file: string, met: Set<string> = new Set()): Set<string> {
  if (!met.has(file)) {
    met.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, clause = '', from = ''] of text.matchAll(/^(?:import|export)\b([^'"]*)['"]([^'"]+)['"]/gm)) {
      const isOfTypes = clause.trimStart().startsWith('type ');
      if (from.startsWith('.') && !isOfTypes) {
        broughtBy(join(dirname(file), from), met);
      } else if (!isOfTypes) {
        met.add(from);
      }
    }
  }
  return met;
}

describe('No AWS mutation happens in a webhook handler.', () => {
  const requests: string[] = [];
  const onRequest = ({ host, path }: { host?: string; path?: string }) => void requests.push(`${host}${path}`);
  beforeEach(() => {
    requests.length = 0;
    nock.disableNetConnect();
    nock.emitter.on('no match', onRequest);
  });
  afterEach(() => void nock.emitter.off('no match', onRequest));

  it('tries every event that Mayfly listens to', () => {
    const tried = new Set(EVENTS.map(([name]) => name));
    const alike = [/^pull_request\.(converted_to_draft|ready_for_review)$/, /^workflow_run/, /^installation\./];
    const untried = [...listen().handlers.keys()].filter((name) => !tried.has(name));
    expect(untried.filter((name) => !alike.some((pattern) => pattern.test(name)))).toEqual([]);
  });

  it.each(EVENTS)('%s is written down, and nobody is called', async (name, payload) => {
    const { handlers } = listen();
    const handler = handlers.get(name);
    expect(handler).toBeDefined();
    await handler?.({ id: `delivery of ${name}`, payload });

    expect(requests).toEqual([]);
  });

  it('reaches no code that knows AWS', () => {
    const entries = ['github/app.ts', 'reconcile/inbox/receive.ts'].map((file) => join(SRC, file));
    const brought = entries.flatMap((entry) => [...broughtBy(entry)]);

    expect(brought).toContain(join(SRC, 'reconcile/apply-asks.ts'));
    expect(brought.filter((one) => /aws|smithy|provision/.test(one.replace(SRC, '')))).toEqual([]);
    expect(brought.filter((one) => /reconcile\/(pass|graph)\//.test(one))).toEqual([]);
  });
});
