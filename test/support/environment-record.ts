import { environmentId } from '../../src/domain/environment.ts';
import type { Intent } from '../../src/domain/intent.ts';
import type { EnvironmentRecord, ResourceRecord } from '../../src/reconcile/store.ts';
import { askedRun, type WorkflowRunRecord } from '../../src/reconcile/workflow-run.ts';

const START = new Date('2026-11-20T09:00:00.123Z');

/** An environment that waits for its slot. */
export function environmentRecord(
  number: number,
  { intent, ...overrides }: Partial<Omit<EnvironmentRecord, 'intent'>> & { intent?: Partial<Intent> } = {},
): EnvironmentRecord {
  const pullRequest = { repository: 'acme/shop', number };
  return {
    identity: { id: environmentId(pullRequest), pullRequest, name: `pr-${number}` },
    installationId: 4_711_000_815,
    life: 1,
    createdAt: START,
    admittedAt: null,
    readyAt: null,
    goneAt: null,
    servedSha: null,
    servedAt: null,
    observedGeneration: 0,
    resolution: null,
    conditions: [],
    warningsSent: [],
    ...overrides,
    intent: {
      state: 'present',
      generation: 1,
      headSha: 'ec021a6b1f0c4d3e8a7b6c5d4e3f2a1b0c9d8e7f',
      headRef: 'feature/basket',
      baseRef: 'main',
      expiresAt: new Date('2026-11-27T09:00:00Z'),
      lifeSeconds: 7 * 86_400,
      redeploys: 0,
      databaseResets: 0,
      owner: 'octocat',
      author: 'octocat',
      authorIsBot: false,
      draft: false,
      fromFork: false,
      pushedByBot: null,
      title: 'A basket that keeps its contents',
      releaseReason: null,
      ...intent,
    },
  };
}

export function resourceRecord(key: string, overrides: Partial<ResourceRecord> = {}): ResourceRecord {
  return {
    key,
    kind: 'log-group',
    name: `/ephemeral/pr-7/${key}`,
    state: 'asked',
    spec: { retentionDays: 7, kmsKeyId: null },
    outputs: null,
    message: '',
    askedAt: START,
    readyAt: null,
    goneAt: null,
    ...overrides,
  };
}

/** A run of the suite `regression` that was asked for a moment ago. */
export function workflowRun(overrides: Partial<WorkflowRunRecord> = {}): WorkflowRunRecord {
  const { headSha: sha } = environmentRecord(7).intent;
  const asked = { subject: 'regression', sha, askedBy: 'octocat', askedAt: START, redeploys: 0 };
  return { ...askedRun({ key: `suite/regression/${sha}/1`, kind: 'suite', ...asked }), ...overrides };
}
