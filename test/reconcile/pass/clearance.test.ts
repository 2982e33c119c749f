import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import { approvalLine } from '../../../src/domain/approval.ts';
import type { Intent } from '../../../src/domain/intent.ts';
import { changeIntent } from '../../../src/reconcile/change-intent.ts';
import { createReconciler } from '../../../src/reconcile/pass/reconciler.ts';
import { createPlanner } from '../../../src/reconcile/plan/create-planner.ts';
import type { EnvironmentReport } from '../../../src/reconcile/reporter.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { createFakeBudgets } from '../../support/fake-budgets.ts';
import { createFakeForge } from '../../support/fake-forge.ts';
import { createFakeResources } from '../../support/fake-resources.ts';
import { createFakeRoster } from '../../support/fake-roster.ts';
import { createFakeWorkflows } from '../../support/fake-workflows.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import { testPlatform } from '../../support/platform.ts';

const PATH = '.github/ephemeral.yml';
const WEB = { image: 'web', port: 8080, host: 'web', listeners: [80] };
const EXTRA = { image: 'extra', port: 8081, secrets: { KEY: '/prod/key' } };
const WITH = (services: object) => JSON.stringify({ version: 1, database: false, services });
const ID = environmentRecord(7).identity.id;
const A = environmentRecord(7).intent.headSha;
const B = 'b'.repeat(40);
const DAY = 86_400;

/** Pull request 7, whose head is held as `held` says. */
async function setUp(held: Partial<Intent>) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const forge = createFakeForge();
  forge.blueprint = WITH({ web: WEB });
  const resources = createFakeResources(clock);
  resources.set('image', { outputs: { reference: 'web:1', tag: '1', origin: 'head' } });
  const reports: EnvironmentReport[] = [];
  const reconciler = createReconciler({
    ports: {
      store,
      forge,
      roster: createFakeRoster(),
      budgets: createFakeBudgets(),
      workflows: createFakeWorkflows(clock),
      clock,
      planner: createPlanner({ platform: testPlatform(), blueprintPath: PATH }),
      provisioners: resources.provisioners,
      reporter: { publish: async (report) => await Promise.resolve(void reports.push(report)) },
      onUnexpected: (_, error) => {
        throw error;
      },
    },
    settings: {
      label: 'ephemeral',
      ownLogin: 'mayfly[bot]',
      blueprintPath: PATH,
      limit: 10,
      ttlSeconds: 7 * DAY,
      maxTtlSeconds: 28 * DAY,
    },
  });

  async function want(change: Partial<Intent>): Promise<void> {
    forge.facts = forge.facts && { ...forge.facts, ...change };
    await store.transaction(async (transaction) => {
      const record = (await transaction.environment(ID)) ?? environmentRecord(7);
      await transaction.saveEnvironment(changeIntent(record, change));
    });
  }

  async function approve(sha: string, baseRef = 'main'): Promise<void> {
    const approval = { sha, baseRef, by: 'octocat', at: clock.now() };
    await store.transaction(async (transaction) => await transaction.saveApproval(ID, approval));
  }

  async function settle(): Promise<void> {
    for (let passes = 0; passes < 50; passes++) {
      const { requeueAfterSeconds } = await reconciler.reconcile(ID, new AbortController().signal);
      if (requeueAfterSeconds === null || requeueAfterSeconds >= 29) {
        return;
      }
      clock.advance(requeueAfterSeconds);
    }
    throw new Error('it does not settle');
  }

  await want({ title: 'Held', ...held });
  return {
    store,
    forge,
    resources,
    want,
    approve,
    settle,
    said: () => reports.at(-1)?.conditions.find(({ type }) => type === 'Approved')?.message ?? '',
    phase: () => reports.at(-1)?.phase,
    report: () => reports.at(-1),
    served: async () => (await store.environment(ID))?.servedSha,
  };
}

describe.each([
  { whose: 'a fork', held: { fromFork: true } },
  { whose: 'a bot', held: { pushedByBot: 'dependabot[bot]' } },
])('a commit of $whose', ({ held }) => {
  it('does not run, is not even read, and says what to write', async () => {
    const { settle, resources, forge, phase, said } = await setUp(held);
    await settle();

    expect(resources.calls).toEqual([]);
    expect(forge.calls).not.toContain('file');
    expect(phase()).toBe('unapproved');
    expect(said()).toContain(`\`${approvalLine(A)}\``);
  });

  it('runs once it is approved', async () => {
    const { settle, approve, phase, served } = await setUp(held);
    await approve(A);
    await settle();

    expect(phase()).toBe('ready');
    expect(await served()).toBe(A);
  });

  it('does not run by the approval of another one', async () => {
    const { settle, approve, resources, phase } = await setUp(held);
    await approve(B);
    await settle();

    expect(resources.calls).toEqual([]);
    expect(phase()).toBe('unapproved');
  });

  it('leaves what was approved before it as it is, which can still be extended', async () => {
    const { settle, approve, want, phase, served, said, report, store } = await setUp(held);
    await approve(A);
    await settle();
    await want({ ...held, headSha: B });
    await settle();

    expect(phase()).toBe('unapproved');
    expect(report()?.headSha).toBe(B);
    expect(await served()).toBe(A);
    expect(report()?.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Serving',
        status: 'unknown',
        message: 'bbbbbbb is not served yet.',
      }),
    );
    expect(report()?.services).toEqual([expect.objectContaining({ name: 'web', state: 'ready' })]);
    expect(said()).toContain(`Until then \`${A.slice(0, 7)}\` stays as it is.`);

    await want({ expiresAt: new Date('2026-12-10T09:00:00Z') });
    await settle();
    const rows = await store.resources(ID, 1);
    expect(rows.find(({ key }) => key === 'resource-tags')?.spec).toMatchObject({
      tags: { TTL: '2026-12-10T09:00:00Z', Commit: A },
    });
  });

  it('runs when it comes back as it was approved', async () => {
    const { settle, approve, want, phase, served } = await setUp(held);
    await approve(A);
    await settle();
    await want({ ...held, headSha: B });
    await settle();
    await approve(B);
    await settle();
    expect([phase(), await served()]).toEqual(['ready', B]);

    await want({ ...held, headSha: A });
    await settle();
    expect([phase(), await served()]).toEqual(['ready', A]);
  });
});

describe('the rights of a fork’s commit', () => {
  const fork = { fromFork: true };

  it('are those of its base, and the pull request says what it does not get', async () => {
    const { settle, approve, forge, phase, report, store } = await setUp(fork);
    forge.blueprints.set(A, WITH({ web: { ...WEB, secrets: { KEY: '/prod/key' } }, extra: EXTRA }));
    await approve(A);
    await settle();

    expect(phase()).toBe('ready');
    expect(report()?.refusals).toEqual([
      '`services.web.secrets` is as on `main`, and not as this commit has it.',
      '`services.extra` is not on `main`, so it has none of the secrets that it names.',
    ]);
    expect((await store.environment(ID))?.resolution?.base).toEqual({
      ref: 'main',
      sha: '0d49b7586a0d49b7586a0d49b7586a0d49b7586a',
      blueprint: WITH({ web: WEB }),
    });
  });

  it('are read anew, and want a new approval, when the pull request is turned towards another branch', async () => {
    const { settle, approve, want, phase, store } = await setUp(fork);
    await approve(A);
    await settle();
    await want({ baseRef: 'release' });
    await settle();
    expect(phase()).toBe('unapproved');
    expect((await store.environment(ID))?.resolution?.base?.ref).toBe('main');

    await approve(A, 'release');
    await settle();
    expect(phase()).toBe('ready');
    expect((await store.environment(ID))?.resolution?.base?.ref).toBe('release');
  });

  it('are none where its base has no blueprint', async () => {
    const { settle, approve, forge, resources, phase, report } = await setUp(fork);
    forge.blueprints.set(A, WITH({ web: WEB }));
    forge.blueprint = undefined;
    await approve(A);
    await settle();

    expect(phase()).toBe('refused');
    expect(resources.calls).toEqual([]);
    expect(
      report()
        ?.conditions.map(({ message }) => message)
        .join(),
    ).toContain('There is no `.github/ephemeral.yml` at `main`');
  });

  it('hold none of the texts that are made of its branch’s name', async () => {
    const { settle, approve, want, forge, phase, report, store } = await setUp(fork);
    await want({ headRef: 'PRODAPP' });
    const secrets = [{ copy: '${pr.headRef}-API', to: '${env.name}-API' }];
    forge.blueprint = JSON.stringify({ version: 1, database: false, secrets, services: { web: WEB } });
    await approve(A);
    await settle();

    expect([phase(), report()?.refusals]).toEqual(['ready', []]);
    const rows = await store.resources(ID, 1);
    expect(rows.find(({ kind }) => kind === 'secret')?.spec).toMatchObject({ copyFrom: 'pull/7/head-API' });
  });
});
