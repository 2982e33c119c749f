import { createSteppedClock } from '../../../sim/clock.ts';
import { applyAsks } from '../../../src/reconcile/apply-asks.ts';
import { createIntake } from '../../../src/reconcile/inbox/receive.ts';
import { createReconciler } from '../../../src/reconcile/pass/reconciler.ts';
import { createPlanner } from '../../../src/reconcile/plan/create-planner.ts';
import { suitesOf } from '../../../src/reconcile/plan/lookup.ts';
import { isRefusal } from '../../../src/reconcile/reply.ts';
import type { EnvironmentReport } from '../../../src/reconcile/reporter.ts';
import type { Ask, PullRequestSnapshot } from '../../../src/reconcile/what-is-asked.ts';
import type { WorkflowRunRecord } from '../../../src/reconcile/workflow-run.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { createFakeBudgets } from '../../support/fake-budgets.ts';
import { createFakeForge } from '../../support/fake-forge.ts';
import { createFakeResources } from '../../support/fake-resources.ts';
import { createFakeRoster } from '../../support/fake-roster.ts';
import { createFakeWorkflows } from '../../support/fake-workflows.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import { testPlatform } from '../../support/platform.ts';

const PATH = '.github/ephemeral.yml';
const DAY = 86_400;
const { identity, intent: first } = environmentRecord(7);
const times = { ttlSeconds: 7 * DAY, maxTtlSeconds: 28 * DAY };
export const SHA = first.headSha;
export const NEXT_SHA = 'b'.repeat(40);

/** Declares all that Mayfly can tell a suite or a build, and shows in a run's name which request it is of. */
export const WORKFLOW = `
name: Ephemeral environment CD
run-name: \${{ inputs.test_suite }} \${{ inputs.correlation_id }}
on:
  workflow_dispatch:
    inputs: { test_suite: {}, environment: {}, sha: {}, urls: {}, correlation_id: {} }
`;

function snapshotAt(headSha: string): PullRequestSnapshot {
  const { headRef, baseRef, title, fromFork, draft, author, authorIsBot } = first;
  return { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot };
}

/** One environment with what its passes work on; a blueprint and a workflow that tests may replace. */
export async function startRunStage({ blueprint, workflow = WORKFLOW }: { blueprint: object; workflow?: string }) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const resources = createFakeResources(clock);
  const workflows = createFakeWorkflows(clock);
  const reports: EnvironmentReport[] = [];
  const unexpected: unknown[] = [];
  const texts = { workflow };
  const reads: { repository: string; sha: string }[] = [];
  /** What happens while a workflow's file is read. */
  const meanwhile: { reading?: (() => Promise<unknown>) | undefined } = {};
  const fake = createFakeForge();
  fake.blueprint = JSON.stringify(blueprint);
  const forge = {
    ...fake,
    pullRequest: async () => fake.facts && (await Promise.resolve({ ...fake.facts, headSha: await headSha() })),
    async file(request: Parameters<typeof fake.file>[0]) {
      if (request.path === PATH) {
        return await fake.file(request);
      }
      reads.push({ repository: request.repository, sha: request.sha });
      await meanwhile.reading?.();
      return texts.workflow || undefined;
    },
  };
  await store.transaction(async (transaction) => await transaction.saveEnvironment(environmentRecord(7)));
  const headSha = async () => (await store.intent(identity.id))?.headSha ?? SHA;
  const settings = {
    label: 'ephemeral',
    ...times,
    environmentPrefixes: {},
    suitesOf: suitesOf(PATH),
    hasDatabase: () => true,
  };
  const intake = createIntake({ store, clock, settings });

  /** A process of Mayfly: what it remembers of its looks is lost with it. */
  const newProcess = () =>
    createReconciler({
      ports: {
        store,
        forge,
        roster: createFakeRoster(),
        workflows,
        clock,
        planner: createPlanner({ platform: testPlatform(), blueprintPath: PATH }),
        budgets: createFakeBudgets(),
        provisioners: resources.provisioners,
        reporter: { publish: async (report) => await Promise.resolve(void reports.push(report)) },
        onUnexpected: (_, error) => unexpected.push(error),
      },
      settings: { label: 'ephemeral', ownLogin: 'mayfly[bot]', blueprintPath: PATH, limit: 10, ...times },
    });
  let reconciler = newProcess();
  const pass = async () => await reconciler.reconcile(identity.id, new AbortController().signal);

  /** Passes as the queue would order them, for so long. */
  async function live(seconds: number): Promise<void> {
    const end = clock.now().getTime() + seconds * 1000;
    while (clock.now().getTime() < end) {
      const { requeueAfterSeconds } = await pass();
      const left = (end - clock.now().getTime()) / 1000;
      clock.advance(Math.min(left, Math.max(requeueAfterSeconds ?? left, 0.1)));
    }
    await pass();
  }

  /** What is said of it. */
  const ask = async (...asks: readonly Ask[]) =>
    await store.transaction(async (transaction) => {
      const before = await transaction.environment(identity.id);
      const asker = { installationId: 1, pullRequest: identity.pullRequest, actor: 'octocat' };
      const messages = await applyAsks(
        asks,
        { asker, before, saidAt: clock.now(), now: clock.now(), settings },
        transaction,
      );
      return { messages, refused: messages.some(isRefusal) };
    });

  return {
    clock,
    store,
    resources,
    workflows,
    texts,
    reads,
    meanwhile,
    reports,
    unexpected,
    intake,
    pass,
    live,
    ask,
    test: async (suite = 'regression') => await ask({ kind: 'test', suite, sha: null }),
    push: async (sha = NEXT_SHA) => {
      await ask({ kind: 'follow', snapshot: snapshotAt(sha), push: { by: 'person' } });
    },
    restart: () => {
      reconciler = newProcess();
    },
    again: async () => {
      await ask({ kind: 'want', snapshot: snapshotAt(first.headSha) });
    },
    runs: async (life = 1): Promise<readonly WorkflowRunRecord[]> => await store.runs(identity.id, life),
    suites: () => reports.at(-1)?.suites ?? [],
  };
}

export type RunStage = Awaited<ReturnType<typeof startRunStage>>;
