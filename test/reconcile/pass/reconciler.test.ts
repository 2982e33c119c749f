import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import { TerminalError, TransientError } from '../../../src/domain/failure.ts';
import type { Intent } from '../../../src/domain/intent.ts';
import { OBSERVING_KINDS, type SpecOf } from '../../../src/domain/resource.ts';
import type { CloneSchemas } from '../../../src/reconcile/database/clone-schemas.ts';
import { createReconciler } from '../../../src/reconcile/pass/reconciler.ts';
import { createPlanner } from '../../../src/reconcile/plan/create-planner.ts';
import type { EnvironmentReport } from '../../../src/reconcile/reporter.ts';
import type { SourceChoice } from '../../../src/reconcile/source/choose-source.ts';
import type { Resolution } from '../../../src/reconcile/store.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { createFakeBudgets } from '../../support/fake-budgets.ts';
import { createFakeForge } from '../../support/fake-forge.ts';
import { createFakeResources } from '../../support/fake-resources.ts';
import { createFakeRoster } from '../../support/fake-roster.ts';
import { createFakeWorkflows } from '../../support/fake-workflows.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import { testPlatform } from '../../support/platform.ts';

const WEB = { image: 'web', port: 8080, host: 'web', listeners: [80] };
const BLUEPRINT = JSON.stringify({ version: 1, database: false, services: { web: WEB } });
const BLUEPRINT_PATH = '.github/ephemeral.yml';
/** A rollout is looked at again after half a minute, whatever happens. */
const SETTLED_SECONDS = 29;
const ID = environmentRecord(7).identity.id;
const SHA = environmentRecord(7).intent.headSha;

interface Setting {
  readonly onEnsure?: (key: string) => unknown;
  readonly onRelease?: (key: string) => unknown;
  readonly limit?: number;
  readonly sources?: SourceChoice;
  readonly schemas?: CloneSchemas;
}

async function setUp({ onEnsure, onRelease, limit = 10, sources, schemas }: Setting = {}) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const forge = createFakeForge();
  const budgets = createFakeBudgets();
  forge.blueprint = BLUEPRINT;
  const resources = createFakeResources(clock, {
    onEnsure: (key) => void onEnsure?.(key),
    onRelease: (key) => void onRelease?.(key),
  });
  resources.set('image', { outputs: { reference: 'web:1', tag: '1', origin: 'head' } });
  const reports: EnvironmentReport[] = [];
  const silences: Error[] = [];
  const unexpected: unknown[] = [];
  await store.transaction(async (transaction) => await transaction.saveEnvironment(environmentRecord(7)));
  const reconciler = createReconciler({
    ports: {
      store,
      forge,
      roster: createFakeRoster(),
      workflows: createFakeWorkflows(clock),
      clock,
      planner: createPlanner({ platform: testPlatform(), blueprintPath: BLUEPRINT_PATH }),
      budgets,
      ...(sources && { sources }),
      schemas,
      provisioners: resources.provisioners,
      reporter: {
        async publish(report) {
          const silence = silences.shift();
          if (silence) {
            throw silence;
          }
          await Promise.resolve(void reports.push(report));
        },
      },
      onUnexpected: (_, error) => unexpected.push(error),
    },
    settings: {
      label: 'ephemeral',
      ownLogin: 'mayfly[bot]',
      blueprintPath: BLUEPRINT_PATH,
      limit,
      ttlSeconds: 7 * 86_400,
      maxTtlSeconds: 28 * 86_400,
    },
  });
  const pass = async (signal = new AbortController().signal) => await reconciler.reconcile(ID, signal);

  /** Passes as the queue would order them, until nothing more is to be done soon. */
  async function settle(): Promise<void> {
    for (let passes = 0; passes < 50; passes++) {
      const { requeueAfterSeconds } = await pass();
      if (requeueAfterSeconds === null || requeueAfterSeconds >= SETTLED_SECONDS) {
        return;
      }
      clock.advance(requeueAfterSeconds);
    }
    throw new Error('it does not settle');
  }

  async function want(change: Partial<Intent>): Promise<void> {
    await store.transaction(async (transaction) => {
      const record = await transaction.environment(ID);
      if (record) {
        const generation = record.intent.generation + 1;
        await transaction.saveEnvironment({ ...record, intent: { ...record.intent, generation, ...change } });
      }
    });
  }
  /** Fakes make something of what only looks, too. */
  const inAccount = () =>
    resources.existing().filter((name) => !OBSERVING_KINDS.some((kind) => name.startsWith(`${kind} `)));
  return { budgets, clock, store, forge, resources, inAccount, reports, silences, unexpected, pass, settle, want };
}

describe('an environment whose source nobody proved', () => {
  const BLUEPRINT_WITH_DATABASE = JSON.stringify({ ...(JSON.parse(BLUEPRINT) as object), database: {} });

  it('is failing and says why, and nothing is asked for, a slot included', async () => {
    const planned = { identifier: 'unproven', version: '2026-11-20', passport: false };
    const message = 'The source unproven has no passport, so nothing is cloned of it.';
    let problem: TerminalError | undefined = new TerminalError('SourceUnproven', message, { actor: 'operator' });
    const { clock, forge, inAccount, pass, reports, settle, store } = await setUp({
      sources: { choose: async () => await Promise.resolve({ planned, problem }) },
    });
    forge.blueprint = BLUEPRINT_WITH_DATABASE;
    const { requeueAfterSeconds } = await pass();

    expect(reports.at(-1)).toMatchObject({
      phase: 'failing',
      failures: [{ subject: 'the source of the database', reason: 'SourceUnproven', message, actor: 'operator' }],
    });
    expect(inAccount()).toEqual([]);
    expect(await store.claim(ID, 1)).toBeUndefined();

    problem = undefined;
    clock.advance(requeueAfterSeconds ?? Number.NaN);
    await settle();
    expect(reports.at(-1)).toMatchObject({ phase: 'ready', database: { source: '2026-11-20', passport: false } });
    const cluster = (await store.resources(ID, 1)).find(({ kind }) => kind === 'clone-cluster');
    expect(cluster?.spec).toMatchObject({ sourceIdentifier: 'unproven' });
  });

  it('is made all the same where it has no database', async () => {
    const planned = { identifier: 'unproven', version: '2026-11-20', passport: false };
    const problem = new TerminalError('SourceUnproven', 'It has none.', { actor: 'operator' });
    const { reports, settle } = await setUp({
      sources: { choose: async () => await Promise.resolve({ planned, problem }) },
    });
    await settle();
    expect(reports.at(-1)?.phase).toBe('ready');
  });
});

describe('an environment whose blueprint names its migrations', () => {
  const withMigrations = (diverged: 'warn' | 'refuse', credentials = 'secret') =>
    JSON.stringify({
      ...(JSON.parse(BLUEPRINT) as object),
      database: { name: 'shop', credentials, migrations: { tool: 'flyway', path: 'db', diverged } },
      tasks: { migrate: { image: 'web', phase: 'pre-deploy' } },
    });

  /** A source with these migrations, of which `known` says whether a clone was seen; looks are noted. */
  function source(ids: readonly string[], known = true) {
    const looks: string[] = [];
    const schemas: CloneSchemas = {
      sourceHistory: async () => await Promise.resolve(known ? { history: { ids, floor: null } } : undefined),
      lookBefore: async ({ rows }) => {
        looks.push(rows.some(({ kind }) => kind === 'one-off-task') ? 'too late' : 'before');
        await Promise.resolve();
      },
      lookAfter: async ({ record }) => {
        looks.push('after');
        return await Promise.resolve({ sha: record.intent.headSha, changes: [], count: 0 });
      },
      seen: async () => await Promise.resolve(null),
    };
    return { looks, schemas };
  }

  it.each(['secret', 'user'])(
    'looks into the clone of %s before anything is made or run in it, and once all was',
    async (credentials) => {
      const { looks, schemas } = source([], false);
      const onEnsure = (key: string) => looks.push(...(key === 'database-user' ? ['user'] : []));
      const { forge, reports, settle } = await setUp({ schemas, onEnsure });
      forge.blueprint = withMigrations('refuse', credentials);
      await settle();

      expect(looks[0]).toBe('before');
      expect(looks.includes('user')).toBe(credentials === 'user');
      expect(looks).toContain('after');
      expect(reports.at(-1)).toMatchObject({
        phase: 'ready',
        migrations: { preflight: null, difference: { count: 0 } },
      });
    },
  );

  it('is told how it stands to the source before its clone is there', async () => {
    const { schemas } = source(['1', '2']);
    const { forge, pass, reports, resources, settle } = await setUp({ schemas });
    resources.set('clone-cluster', { readyAfterSeconds: 5 });
    forge.blueprint = withMigrations('warn');
    forge.folder = ['V1__a.sql'];
    await pass();

    expect(reports.at(-1)).toMatchObject({
      phase: 'coming-up',
      migrations: { preflight: { relation: 'behind', isBehind: true }, difference: null },
    });
    await settle();
    expect(reports.at(-1)?.phase).toBe('ready');
    expect(forge.calls.filter((call) => call === 'filesBelow')).toHaveLength(1);
  });

  it('gets nothing, a slot included, while it is behind and that is refused, and goes on with the push that mends it', async () => {
    const { schemas } = source(['1', '2']);
    const { forge, inAccount, pass, reports, settle, store, want } = await setUp({ schemas });
    forge.blueprint = withMigrations('refuse');
    forge.folder = ['V1__a.sql'];
    await pass();

    expect(reports.at(-1)).toMatchObject({
      phase: 'refused',
      conditions: [{ type: 'Admitted', status: 'false', reason: 'MigrationsBehind' }],
    });
    expect(inAccount()).toEqual([]);
    expect(await store.claim(ID, 1)).toBeUndefined();

    forge.folder = ['V1__a.sql', 'V2__b.sql'];
    forge.facts = forge.facts && { ...forge.facts, headSha: 'b'.repeat(40) };
    await want({ headSha: 'b'.repeat(40) });
    await settle();
    expect(reports.at(-1)).toMatchObject({ phase: 'ready', migrations: { preflight: { relation: 'same' } } });
  });

  it('keeps the clone that it has when a later commit is behind, and is only warned', async () => {
    const { schemas } = source(['1', '2']);
    const { forge, inAccount, reports, settle, want } = await setUp({ schemas });
    forge.blueprint = withMigrations('refuse');
    forge.folder = ['V1__a.sql', 'V2__b.sql'];
    await settle();
    const there = inAccount();

    forge.folder = ['V1__a.sql'];
    forge.facts = forge.facts && { ...forge.facts, headSha: 'b'.repeat(40) };
    await want({ headSha: 'b'.repeat(40) });
    await settle();
    expect(reports.at(-1)).toMatchObject({ phase: 'ready', migrations: { preflight: { relation: 'behind' } } });
    expect(inAccount()).toEqual(there);

    // A fresh one it would not get either, and what runs stays.
    await want({ databaseResets: 1 });
    await settle();
    expect(reports.at(-1)?.phase).toBe('ready');
    expect(inAccount()).toEqual(there);
  });

  it('that ran without a database is failing, and what ran is looked after', async () => {
    const { schemas } = source(['1', '2']);
    const { forge, inAccount, reports, settle, want } = await setUp({ schemas });
    await settle();
    const there = inAccount();
    forge.blueprint = withMigrations('refuse');
    forge.folder = ['V1__a.sql'];
    forge.facts = forge.facts && { ...forge.facts, headSha: 'b'.repeat(40) };
    await want({ headSha: 'b'.repeat(40) });
    await settle();

    expect(reports.at(-1)).toMatchObject({
      phase: 'failing',
      failures: [{ subject: 'migrations', reason: 'MigrationsBehind', actor: 'author' }],
    });
    expect(inAccount()).toEqual(there);
  });

  it('says nothing where nobody looks into clones', async () => {
    const { forge, reports, settle } = await setUp();
    forge.blueprint = withMigrations('refuse');
    await settle();
    expect(reports.at(-1)).toMatchObject({ phase: 'ready', migrations: null });
  });
});

describe('a pass', () => {
  it('looks again for a blueprint that GitHub did not have yet', async () => {
    const { clock, forge, pass, reports, settle } = await setUp();
    forge.blueprint = undefined;
    const { requeueAfterSeconds } = await pass();
    expect(reports.at(-1)?.phase).toBe('refused');

    forge.blueprint = BLUEPRINT;
    clock.advance(requeueAfterSeconds ?? Number.NaN);
    await settle();
    expect(reports.at(-1)?.phase).toBe('ready');
  });

  it('ends ready, and says so', async () => {
    const { reports, resources, settle, store } = await setUp();
    await settle();

    expect(reports.at(-1)?.phase).toBe('ready');
    expect((await store.environment(ID))?.servedSha).toBe(environmentRecord(7).intent.headSha);
    expect(resources.existing()).toContain('service nonprod-pr-7-web');
    expect((await store.environment(ID))?.observedGeneration).toBe(1);
    expect((await store.events(ID)).map(({ action }) => action)).toEqual(['serving']);
  });

  it('creates nothing more once the intent has changed under it, and begins again at once', async () => {
    const setup = await setUp({
      onEnsure: async (key) => {
        if (key.startsWith('log-group')) {
          await setup.want({ state: 'absent', releaseReason: 'closed' });
        }
      },
    });
    expect(await setup.pass()).toEqual({ requeueAfterSeconds: 0 });
    await setup.settle();

    expect(setup.inAccount()).toEqual([]);
    expect((await setup.store.environment(ID))?.goneAt).not.toBeNull();
    expect(setup.resources.calls).not.toContain('ensure service/web');
  });

  it('creates nothing when another process holds the environment', async () => {
    const { pass, resources } = await setUp();

    expect(await pass(AbortSignal.abort())).toEqual({ requeueAfterSeconds: 0 });
    expect(resources.existing()).toEqual([]);
  });

  it('deletes nothing when another process holds the environment', async () => {
    const { inAccount, pass, settle, want } = await setUp();
    await settle();
    const there = inAccount();
    await want({ state: 'absent', releaseReason: 'closed' });

    expect(await pass(AbortSignal.abort())).toEqual({ requeueAfterSeconds: 0 });
    expect(inAccount()).toEqual(there);
  });

  it('deletes nothing more once somebody wants it again under it, and turns round at once', async () => {
    let regret = false;
    const setup = await setUp({
      onRelease: async (key) => {
        if (regret && key === 'service/web') {
          await setup.want({ state: 'present', releaseReason: null });
        }
      },
    });
    await setup.settle();
    await setup.want({ state: 'absent', releaseReason: 'closed' });
    await setup.pass();
    setup.clock.advance(5);
    regret = true;

    // The service is seen gone in this pass, and its rule would be next.
    expect(await setup.pass()).toEqual({ requeueAfterSeconds: 0 });
    expect(setup.resources.calls).not.toContain('release listener-rule/web-80');
    await setup.settle();
    expect(setup.inAccount()).toContain('service nonprod-pr-7-web');
  });

  it('serves a commit once everything but the tags is ready', async () => {
    const { clock, pass, reports, resources, store } = await setUp();
    resources.set('service', { readyAfterSeconds: 60 });
    resources.set('resource-tags', { readyAfterSeconds: 6000 });
    const serving = () => reports.at(-1)?.conditions.find(({ type }) => type === 'Serving')?.status;

    await pass();
    expect([reports.at(-1)?.phase, serving()]).toEqual(['coming-up', 'unknown']);
    expect((await store.environment(ID))?.servedSha).toBeNull();

    clock.advance(61);
    await pass();
    expect([reports.at(-1)?.phase, serving()]).toEqual(['ready', 'true']);
  });

  it('keeps the instant at which a life was first ready when another commit is served', async () => {
    const { clock, forge, settle, store, want } = await setUp();
    await settle();
    const first = await store.environment(ID);
    clock.advance(3600);
    const headSha = 'b'.repeat(40);
    forge.facts = forge.facts && { ...forge.facts, headSha };
    await want({ headSha });
    await settle();

    const second = await store.environment(ID);
    expect(second?.servedSha).toBe(headSha);
    expect(second?.readyAt).toEqual(first?.readyAt);
    expect(second?.servedAt).not.toEqual(first?.servedAt);
  });

  it('gives what it makes the tags of the environment and those the blueprint asks for', async () => {
    const { forge, resources, settle } = await setUp();
    forge.blueprint = JSON.stringify({ ...JSON.parse(BLUEPRINT), tags: { Team: 'shop' } });
    await settle();

    expect(resources.tagsOf('nonprod-pr-7-web')).toMatchObject({ Team: 'shop', Environment: 'pr-7', Commit: SHA });
  });

  it('makes nothing while every slot is taken', async () => {
    const { inAccount, pass, reports } = await setUp({ limit: 0 });
    await pass();

    expect(inAccount()).toEqual([]);
    expect(reports.at(-1)).toMatchObject({ phase: 'waiting', queue: { place: 1, limit: 0 } });
  });

  it('ends an environment whose time is up, and takes its label off', async () => {
    const { clock, forge, inAccount, reports, settle } = await setUp();
    await settle();
    clock.advance(8 * 86_400);
    await settle();

    expect(inAccount()).toEqual([]);
    expect(forge.calls).toContain('removeLabel');
    expect(reports.at(-1)).toMatchObject({ phase: 'gone', releaseReason: 'expired' });
  });

  it('ends an environment whose pull request was closed without a word', async () => {
    const { clock, forge, inAccount, settle } = await setUp();
    await settle();
    forge.facts = forge.facts && { ...forge.facts, open: false };
    clock.advance(601);
    await settle();

    expect(inAccount()).toEqual([]);
  });

  it('warns the owner once of each deadline, and not of an end that is under way', async () => {
    const { clock, pass, reports, settle, store, want } = await setUp();
    await settle();
    const { expiresAt } = (await store.environment(ID))?.intent ?? {};
    clock.advance(((expiresAt?.getTime() ?? 0) - clock.now().getTime()) / 1000 - 47 * 3600);
    await settle();
    await pass();
    expect(reports.flatMap(({ warning }) => warning ?? [])).toEqual([48]);

    await want({ state: 'absent', releaseReason: 'closed' });
    clock.advance(24 * 3600);
    await settle();
    expect(reports.flatMap(({ warning }) => warning ?? [])).toEqual([48]);
  });

  it('tells GitHub again when GitHub asked for it', async () => {
    const { pass, settle, silences } = await setUp();
    await settle();
    silences.push(new TransientError('SecondaryRateLimit', 'slow down', { retryAfterSeconds: 7 }));

    expect(await pass()).toEqual({ requeueAfterSeconds: 7 });
  });

  it('goes on although GitHub cannot be told, and tells it later', async () => {
    const { reports, settle, silences, store } = await setUp();
    silences.push(...Array.from({ length: 4 }, () => new TransientError('Unavailable', 'GitHub does not answer')));
    await settle();

    expect((await store.environment(ID))?.readyAt).not.toBeNull();
    expect(reports.at(-1)?.phase).toBe('ready');
  });

  it('says that everything is gone although the first attempt to say it failed', async () => {
    const { clock, pass, reports, settle, silences, store, unexpected, want } = await setUp();
    await settle();
    await want({ state: 'absent', releaseReason: 'closed' });
    silences.push(new Error('nobody knows this one'));
    while (!(await store.environment(ID))?.goneAt) {
      clock.advance((await pass()).requeueAfterSeconds ?? 1);
    }
    const { goneAt } = (await store.environment(ID)) ?? {};
    await settle();

    expect((await store.environment(ID))?.goneAt).toEqual(goneAt);
    expect(reports.at(-1)).toMatchObject({ phase: 'gone', releaseReason: 'closed' });
    expect(reports.at(-1)?.receipt.filter(({ goneAt }) => goneAt === null)).toEqual([]);
    expect(unexpected).toHaveLength(1);
  });

  it('comes to an end although GitHub refuses to be told: the repository may be gone', async () => {
    const { pass, settle, inAccount, silences, store, want } = await setUp();
    await settle();
    const refusals = () => new TerminalError('GitHubNotFound', 'GitHub does not have it', { actor: 'operator' });
    await want({ state: 'absent', releaseReason: 'closed' });
    silences.push(...Array.from({ length: 50 }, refusals));
    await settle();

    expect((await store.environment(ID))?.goneAt).not.toBeNull();
    expect(inAccount()).toEqual([]);
    expect(await pass()).toEqual({ requeueAfterSeconds: null });
  });

  it('is not over before the last of its resources was seen gone, and then calls whoever waits', async () => {
    const { clock, pass, resources, settle, store, want } = await setUp();
    const other = environmentRecord(8);
    await settle();
    await store.transaction(async (transaction) => await transaction.saveEnvironment(other));
    resources.set('log-group', { goneAfterSeconds: 600 });
    await want({ state: 'absent', releaseReason: 'closed' });
    for (let second = 0; second < 500; second += 10) {
      clock.advance(10);
      await pass();
    }
    expect(resources.existing()).toEqual(expect.arrayContaining(['log-group /mayfly/nonprod/pr-7/web']));
    expect((await store.environment(ID))?.goneAt).toBeNull();
    store.takeEnqueued();

    clock.advance(200);
    await settle();
    expect((await store.environment(ID))?.goneAt).not.toBeNull();
    expect(store.takeEnqueued()).toEqual([other.identity.id]);
  });

  it('frees its slot and calls whoever waits in one step, so that no crash comes in between', async () => {
    const { clock, pass, settle, store, want } = await setUp();
    const other = environmentRecord(8);
    await settle();
    await store.transaction(async (transaction) => await transaction.saveEnvironment(other));
    await want({ state: 'absent', releaseReason: 'closed' });
    const { transaction } = store;
    store.transaction = async (work) => {
      if ((await store.environment(ID))?.goneAt) {
        throw new Error('the process has died');
      }
      return await transaction(work);
    };
    while (!(await store.environment(ID))?.goneAt) {
      store.takeEnqueued();
      clock.advance((await pass().catch(() => undefined))?.requeueAfterSeconds ?? 1);
    }

    expect(store.takeEnqueued()).toEqual([other.identity.id]);
  });

  it('lets others have the slot that it waits for while its blueprint is broken', async () => {
    const { forge, pass, settle, store, want } = await setUp({ limit: 0 });
    await pass();
    const claims = async () => await store.transaction(async (transaction) => await transaction.claims());
    expect(await claims()).toHaveLength(1);
    forge.blueprint = 'version: none';
    const headSha = 'b'.repeat(40);
    forge.facts = forge.facts && { ...forge.facts, headSha };
    await want({ headSha });
    await settle();

    expect(await claims()).toEqual([]);
  });

  it('lets others have the slot that it waits for while GitHub will not show its commit', async () => {
    const { forge, pass, store, want } = await setUp({ limit: 0 });
    await pass();
    forge.errors.file = new TerminalError('FileTooLarge', 'the blueprint is too large', { actor: 'author' });
    const headSha = 'b'.repeat(40);
    forge.facts = forge.facts && { ...forge.facts, headSha };
    await want({ headSha });

    await expect(pass()).rejects.toThrow('too large');
    expect(await store.transaction(async (transaction) => await transaction.claims())).toEqual([]);
  });

  it('tells those who wait how long they will live, and of each holder when it was last used', async () => {
    const { clock, reports, pass, store } = await setUp({ limit: 1 });
    const holder = environmentRecord(8, { admittedAt: clock.now() });
    await store.transaction(async (transaction) => await transaction.saveEnvironment(holder));
    const at = new Date(clock.now().getTime() - 86_400_000);
    const asked = { environmentId: holder.identity.id, at, actor: 'hubot', action: 'extend', details: {} };
    await store.appendEvent(asked);
    await pass();

    expect(reports.at(-1)?.queue).toMatchObject({ place: 1, lifeSeconds: 7 * 86_400, holders: [{ usedAt: at }] });
  });

  it('begins its time with its slot, and says so in the same pass', async () => {
    const { clock, reports, pass, store } = await setUp();
    clock.advance(86_400);
    await pass();

    const expiresAt = new Date(clock.now().getTime() + 7 * 86_400_000);
    expect(reports.map((report) => report.expiresAt)).toEqual([expiresAt]);
    expect((await store.environment(ID))?.intent.expiresAt).toEqual(expiresAt);
  });

  it('makes nothing before AWS says that there is room, and says why', async () => {
    const { budgets, inAccount, pass, reports } = await setUp();
    budgets.error = new TransientError('Throttled', 'AWS asked for a slower pace.', { retryAfterSeconds: 7 });

    expect(await pass()).toEqual({ requeueAfterSeconds: 7 });
    expect(inAccount()).toEqual([]);
    expect(reports.at(-1)).toMatchObject({
      phase: 'waiting',
      conditions: [{ type: 'Admitted', status: 'unknown', reason: 'Throttled' }],
    });
  });

  const NO_PLATFORM = new TerminalError('PlatformIncomplete', 'Part of the platform is not there.', {
    actor: 'operator',
  });

  it('fails where nobody can tell what room there is, until the platform is mended', async () => {
    const { budgets, pass, reports, settle, store } = await setUp({ limit: 1 });
    budgets.error = NO_PLATFORM;

    expect(await pass()).toEqual({ requeueAfterSeconds: 60 });
    expect(reports.at(-1)).toMatchObject({
      phase: 'failing',
      failures: [{ subject: 'room on the platform', message: NO_PLATFORM.message, actor: 'operator' }],
    });
    // Who could be made now waits for nobody who cannot.
    expect(await store.transaction(async (transaction) => await transaction.claims())).toEqual([]);
    await settle();
    expect(reports.at(-1)).toMatchObject({ phase: 'ready', failures: [] });
  });

  it('says so of a later commit too, and goes on serving', async () => {
    const { budgets, forge, inAccount, pass, reports, settle, want } = await setUp();
    await settle();
    const before = inAccount();
    budgets.error = NO_PLATFORM;
    forge.blueprint = JSON.stringify({ version: 1, services: { web: WEB } });
    const headSha = 'b'.repeat(40);
    forge.facts = forge.facts && { ...forge.facts, headSha };
    await want({ headSha });
    await pass();

    expect(inAccount()).toEqual(before);
    expect(reports.at(-1)).toMatchObject({ phase: 'failing', servedSha: SHA, failures: [{ actor: 'operator' }] });
  });

  it('waits where the load balancer is full, having asked for nothing', async () => {
    const { budgets, inAccount, pass, reports, resources } = await setUp();
    budgets.items['listener-rules'] = Array.from({ length: 100 }, (_, index) => `rule ${index}`);
    await pass();

    expect(inAccount()).toEqual([]);
    expect(resources.calls).toEqual([]);
    expect(reports.at(-1)).toMatchObject({
      phase: 'waiting',
      queue: { place: 1, limit: 100, shortage: { kind: 'listener-rules', used: 100, needed: 1 } },
      conditions: [{ reason: 'NoRoomOnLoadBalancer' }],
    });
  });

  it('goes on serving what it served when a later commit finds no room', async () => {
    const { budgets, forge, inAccount, reports, settle, want } = await setUp();
    await settle();
    const before = inAccount();
    budgets.items.clones = Array.from({ length: 15 }, (_, index) => `somebody-s-${index}`);
    forge.blueprint = JSON.stringify({ version: 1, services: { web: WEB } });
    const headSha = 'b'.repeat(40);
    forge.facts = forge.facts && { ...forge.facts, headSha };
    await want({ headSha });
    await settle();

    expect(inAccount()).toEqual(before);
    expect(reports.at(-1)).toMatchObject({
      phase: 'updating',
      servedSha: SHA,
      queue: { shortage: { kind: 'clones' } },
    });
  });

  describe('a reset of the database', () => {
    const WITH_DATABASE = JSON.stringify({ version: 1, services: { web: WEB } });

    async function running() {
      const setup = await setUp();
      setup.forge.blueprint = WITH_DATABASE;
      setup.resources.set('clone-cluster', { outputs: { endpoint: 'db', port: 3306, engine: 'aurora-mysql' } });
      await setup.settle();
      return setup;
    }
    const clonesIn = (names: readonly string[]) => names.filter((name) => name.startsWith('clone-cluster '));

    it('makes a fresh clone beside the present one, which goes once services are repointed', async () => {
      const { inAccount, pass, reports, resources, settle, want, store } = await running();
      resources.set('clone-instance', { readyAfterSeconds: 20 });
      await want({ databaseResets: 1 });
      await pass();
      expect(clonesIn(inAccount())).toHaveLength(2);
      await settle();
      expect(clonesIn(inAccount())).toEqual([expect.stringMatching(/^clone-cluster nonprod-pr-7-2-/)]);
      expect(reports.at(-1)?.phase).toBe('ready');
      const rows = await store.resources(ID, 1);
      expect(rows.filter(({ kind }) => kind === 'clone-cluster').map(({ key, state }) => [key, state])).toEqual([
        ['clone-cluster', 'gone'],
        ['clone-cluster/2', 'ready'],
      ]);
    });

    it('is refused where there is no room, says so, and holds up no push', async () => {
      const { budgets, forge, inAccount, reports, settle, store, want } = await running();
      const before = inAccount();
      budgets.items.clones = ['nonprod-pr-7', ...Array.from({ length: 14 }, (_, index) => `somebody-s-${index}`)];
      await want({ databaseResets: 1 });
      await settle();

      expect(inAccount()).toEqual(before);
      expect((await store.environment(ID))?.intent.databaseResets).toBe(0);
      expect(store.replies).toMatchObject([
        { reaction: 'confused', messages: [{ problem: expect.stringContaining('15 of 15 are taken') }] },
      ]);
      const headSha = 'b'.repeat(40);
      forge.facts = forge.facts && { ...forge.facts, headSha };
      await want({ headSha });
      await settle();
      expect(reports.at(-1)).toMatchObject({ phase: 'ready', servedSha: headSha });
    });

    it('keeps what runs on the clone before while AWS does not say what room there is', async () => {
      const { budgets, inAccount, pass, want } = await running();
      const before = inAccount();
      budgets.error = new TransientError('Throttled', 'AWS asked for a slower pace.');
      await want({ databaseResets: 1 });
      await pass();

      expect(inAccount()).toEqual(before);
    });

    it('makes the fresh clone once more, under its name, after a version that knows of none has gone back to the first', async () => {
      const { inAccount, reports, resources, settle, store, want } = await running();
      await want({ databaseResets: 1 });
      await settle();
      const after = inAccount();
      // What it has on its books is of another number than what it plans.
      await want({ databaseResets: 0 });
      await settle();
      expect(clonesIn(inAccount())).toEqual(['clone-cluster nonprod-pr-7']);
      await want({ databaseResets: 1 });
      await settle();

      expect(inAccount().toSorted()).toEqual(after.toSorted());
      expect(resources.released.filter(({ key }) => key === 'clone-cluster/2')).not.toEqual([]);
      expect(reports.at(-1)?.phase).toBe('ready');
      const rows = await store.resources(ID, 1);
      expect(rows.filter(({ kind, state }) => kind === 'clone-cluster' && state !== 'gone')).toMatchObject([
        { key: 'clone-cluster/2', state: 'ready' },
      ]);
    });

    it('releases at once a fresh clone that nothing ever used, when another is asked for', async () => {
      const { inAccount, pass, resources, want } = await running();
      resources.set('clone-instance', { readyAfterSeconds: 300 });
      await want({ databaseResets: 1 });
      await pass();
      await want({ databaseResets: 2 });
      await pass();

      expect(resources.released.map(({ key }) => key)).toContain('clone-cluster/2');
      expect(clonesIn(inAccount())).toContain('clone-cluster nonprod-pr-7');
    });
  });

  describe('a user of its own in the clone', () => {
    const WITH_USER = JSON.stringify({
      version: 1,
      database: { name: 'shop', credentials: 'user' },
      services: { web: WEB },
    });

    it('keeps its secret, when a commit wants none, until what runs was told so', async () => {
      const { clock, forge, inAccount, pass, resources, settle, want } = await setUp();
      forge.blueprint = WITH_USER;
      await settle();
      expect(inAccount()).toContain('database-user nonprod/pr-7/database-user');

      const headSha = 'b'.repeat(40);
      forge.blueprint = WITH_USER.replace('"user"', '"secret"');
      forge.facts = forge.facts && { ...forge.facts, headSha };
      resources.set('rollout', { errors: { observe: [new TransientError('NotReady', 'It is not there yet.')] } });
      clock.advance(60);
      await want({ headSha });
      await pass();
      expect(inAccount()).toContain('database-user nonprod/pr-7/database-user');
      await settle();
      expect(inAccount()).not.toContain('database-user nonprod/pr-7/database-user');
      expect(inAccount()).toContain('database-credentials nonprod/pr-7/database');
    });
  });

  it('is made again what one commit does not want and the next one does, however lately it was seen to be ready', async () => {
    const { clock, forge, inAccount, reports, settle, want } = await setUp();
    await settle();
    const before = inAccount();
    for (const [sha, host] of [
      ['b', undefined],
      ['c', 'web'],
    ] as const) {
      const { host: _, ...inside } = WEB;
      forge.blueprint = JSON.stringify({
        version: 1,
        database: false,
        services: { web: host ? WEB : { ...inside, expose: 'internal' } },
      });
      const headSha = sha.repeat(40);
      forge.facts = forge.facts && { ...forge.facts, headSha };
      await want({ headSha });
      await settle();
      clock.advance(1);
    }

    expect(inAccount()).toEqual(before);
    expect(reports.at(-1)).toMatchObject({ phase: 'ready', servedSha: 'c'.repeat(40) });
  });

  describe('a running environment while the pools are full', () => {
    const HEAD = 'b'.repeat(40);
    const everyClone = Array.from({ length: 15 }, (_, index) => `somebody-s-${index}`);
    const WITH_DATABASE = JSON.stringify({ version: 1, services: { web: { ...WEB, port: 8081 } } });

    /** Running, and then somebody deletes its service. */
    async function runningThenHurt(happening: (setup: Awaited<ReturnType<typeof setUp>>) => Promise<void>) {
      const setup = await setUp();
      await setup.settle();
      const before = setup.inAccount();
      await happening(setup);
      await setup.settle();
      setup.resources.destroy('nonprod-pr-7-web');
      expect(setup.inAccount()).not.toEqual(before);
      setup.clock.advance(301);
      await setup.settle();
      return { ...setup, before };
    }

    async function push({ forge, want }: Awaited<ReturnType<typeof setUp>>): Promise<void> {
      forge.blueprint = WITH_DATABASE;
      forge.facts = forge.facts && { ...forge.facts, headSha: HEAD };
      await want({ headSha: HEAD });
    }

    /** As one that was admitted by a Mayfly that kept no books of needs. */
    async function forgetNeeds({ store }: Awaited<ReturnType<typeof setUp>>): Promise<void> {
      await store.transaction(async (transaction) => {
        const [claim] = await transaction.claims();
        await (claim && transaction.saveClaim({ ...claim, needs: [] }));
      });
    }

    it('is mended as the commit before asked for, while a later one finds no room', async () => {
      const { before, budgets, clock, inAccount, reports, resources, settle, store } = await runningThenHurt(
        async (setup) => {
          setup.budgets.items.clones = everyClone;
          await push(setup);
        },
      );
      expect(inAccount()).toEqual(before);
      expect(resources.tagsOf('nonprod-pr-7-web')).toMatchObject({ Commit: SHA });
      expect(reports.at(-1)).toMatchObject({
        phase: 'updating',
        servedSha: SHA,
        queue: { shortage: {} },
        failures: [],
      });

      budgets.items.clones = [];
      clock.advance(301);
      await settle();
      expect(await store.environment(ID)).toMatchObject({ servedSha: HEAD, resolution: { headSha: HEAD } });
      expect((await store.environment(ID))?.resolution?.madeOf).toBeUndefined();
    });

    it('is mended although AWS does not say what room there is', async () => {
      const { before, inAccount, reports } = await runningThenHurt(async (setup) => {
        await push(setup);
        setup.budgets.meanwhile = async () =>
          await Promise.reject(new TransientError('Throttled', 'slower', { retryAfterSeconds: 60 }));
      });
      expect(inAccount()).toEqual(before);
      expect(reports.at(-1)).toMatchObject({ servedSha: SHA, conditions: [{ reason: 'Throttled' }] });
    });

    it('needs no room for what AWS shows of it already, however much others have', async () => {
      const { before, inAccount, reports } = await runningThenHurt(async (setup) => {
        const rules = (await setup.store.claim(ID, 1))?.needs.filter(({ kind }) => kind === 'listener-rules') ?? [];
        const theirs = Array.from({ length: 120 }, (_, index) => `rule ${index}`);
        setup.budgets.items['listener-rules'] = [...theirs, ...rules.map(({ item }) => item)];
        await forgetNeeds(setup);
      });
      expect(inAccount()).toEqual(before);
      expect(reports.at(-1)).toMatchObject({ phase: 'ready', queue: null });
    });

    it('has what stands on its books mended where only more of the same commit finds no room', async () => {
      const { before, inAccount, reports } = await runningThenHurt(async (setup) => {
        setup.budgets.items['target-groups'] = Array.from({ length: 120 }, (_, index) => `group ${index}`);
        await forgetNeeds(setup);
      });
      expect(inAccount()).toEqual(before);
      expect(reports.at(-1)).toMatchObject({ phase: 'updating', queue: { shortage: { kind: 'target-groups' } } });
    });

    it('is left as it is where nobody knows what the commit before asked for', async () => {
      const setup = await setUp();
      await setup.settle();
      const before = setup.inAccount();
      setup.budgets.items.clones = everyClone;
      await push(setup);
      await setup.settle();
      const { madeOf: _, ...resolution } = (await setup.store.environment(ID))?.resolution ?? {};
      await setup.store.saveOutcome(ID, 1, { resolution: resolution as Resolution });
      setup.clock.advance(301);
      await setup.settle();

      expect(setup.inAccount()).toEqual(before);
      expect(setup.resources.tagsOf('nonprod-pr-7-web')).toMatchObject({ Commit: SHA });
      expect(setup.reports.at(-1)).toMatchObject({ phase: 'updating', servedSha: SHA });
    });

    it('is mended while the blueprint of a later commit cannot be read', async () => {
      const { before, inAccount, reports } = await runningThenHurt(async (setup) => {
        await push(setup);
        setup.forge.blueprint = 'version: [';
      });
      expect(inAccount()).toEqual(before);
      expect(reports.at(-1)).toMatchObject({ phase: 'failing', servedSha: SHA });
    });

    it('comes to its end when its time is up', async () => {
      const { clock, inAccount, reports, settle, forge } = await runningThenHurt(async (setup) => {
        setup.budgets.items.clones = everyClone;
        await push(setup);
      });
      clock.advance(8 * 86_400);
      await settle();
      expect(inAccount()).toEqual([]);
      expect(forge.calls).toContain('removeLabel');
      expect(reports.at(-1)).toMatchObject({ phase: 'gone', releaseReason: 'expired' });
    });
  });

  it('ends a wait that lasts too long, without a warning', async () => {
    const { clock, forge, reports, settle } = await setUp({ limit: 0 });
    for (let day = 0; day < 8; day += 1) {
      await settle();
      clock.advance(86_400);
    }
    await settle();

    expect(reports.at(-1)).toMatchObject({ phase: 'gone', releaseReason: 'expired' });
    expect(forge.calls).toContain('removeLabel');
    expect(reports.filter(({ warning }) => warning !== null)).toEqual([]);
  });

  it('begins again when it is wanted once more at the last moment', async () => {
    let wanted = false;
    const setup = await setUp({
      onRelease: async () => {
        if (setup.inAccount().length === 0 && !wanted) {
          wanted = true;
          await setup.want({ state: 'present', releaseReason: null });
        }
      },
    });
    await setup.settle();
    await setup.want({ state: 'absent', releaseReason: 'asked' });
    await setup.settle();

    expect(wanted).toBe(true);
    expect((await setup.store.environment(ID))?.goneAt).toBeNull();
    expect(setup.inAccount()).toContain('service nonprod-pr-7-web');
  });

  it('makes again what a release that was called off had taken', async () => {
    const { clock, inAccount, pass, settle, want } = await setUp();
    await settle();
    const before = inAccount();
    await want({ state: 'absent', releaseReason: 'asked' });
    await pass();
    clock.advance(1);
    expect(inAccount()).not.toEqual(before);
    await want({ state: 'present', releaseReason: null });
    await settle();

    expect(inAccount()).toEqual(before);
  });

  it('keeps what runs when a blueprint that cannot be read is pushed', async () => {
    const { forge, reports, resources, settle, want } = await setUp();
    await settle();
    const before = resources.existing();
    forge.blueprint = 'version: [';
    const headSha = 'b'.repeat(40);
    forge.facts = forge.facts && { ...forge.facts, headSha };
    await want({ headSha });
    await settle();

    expect(resources.existing()).toEqual(before);
    expect(reports.at(-1)).toMatchObject({ phase: 'failing', servedSha: environmentRecord(7).intent.headSha });
  });

  it('releases what an earlier commit asked for and this one does not', async () => {
    const { forge, inAccount, settle, want } = await setUp();
    await settle();
    forge.blueprint = BLUEPRINT.replaceAll('web', 'shop');
    const headSha = 'b'.repeat(40);
    forge.facts = forge.facts && { ...forge.facts, headSha };
    await want({ headSha });
    await settle();

    expect(inAccount()).toContain('service nonprod-pr-7-shop');
    expect(inAccount().filter((name) => name.includes('-web'))).toEqual([]);
  });

  it('keeps the name of a service that was reached inside and has a host of that name now', async () => {
    const { forge, resources, settle, want } = await setUp();
    const withApi = (api: object): string =>
      JSON.stringify({ ...JSON.parse(BLUEPRINT), services: { web: WEB, api: { image: 'api', port: 80, ...api } } });
    forge.blueprint = withApi({ expose: 'internal' });
    await settle();
    forge.blueprint = withApi({ host: 'api', listeners: [80] });
    const headSha = 'b'.repeat(40);
    forge.facts = forge.facts && { ...forge.facts, headSha };
    await want({ headSha });
    await settle();

    const released = resources.released.filter(({ key }) => key === 'dns-records/internal-api');
    expect(released.length).toBeGreaterThan(0);
    expect(released.flatMap(({ spec }) => (spec as SpecOf<'dns-records'>).records)).toEqual([]);
    expect(resources.existing()).not.toContain('dns-records nonprod-pr-7-internal-api');
  });

  it('looks again when the next deadline comes, if nothing else is to be done', async () => {
    const { clock, forge, pass, store, want } = await setUp();
    forge.facts = forge.facts && { ...forge.facts, fromFork: true };
    await want({ fromFork: true });
    const { expiresAt } = (await store.environment(ID))?.intent ?? {};

    const secondsLeft = ((expiresAt?.getTime() ?? 0) - clock.now().getTime()) / 1000;
    expect(await pass()).toEqual({ requeueAfterSeconds: secondsLeft - 48 * 3600 });
  });
});
