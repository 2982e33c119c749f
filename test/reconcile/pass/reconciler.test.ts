import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import type { Intent } from '../../../src/domain/intent.ts';
import { OBSERVING_KINDS } from '../../../src/domain/resource.ts';
import { TransientError } from '../../../src/domain/failure.ts';
import { createReconciler } from '../../../src/reconcile/pass/reconciler.ts';
import { createPlanner } from '../../../src/reconcile/plan/create-planner.ts';
import type { EnvironmentReport } from '../../../src/reconcile/reporter.ts';
import { environmentRecord } from '../../support/environment-record.ts';
import { createFakeForge } from '../../support/fake-forge.ts';
import { createFakeResources } from '../../support/fake-resources.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import { testPlatform } from '../../support/platform.ts';

const BLUEPRINT = JSON.stringify({
  version: 1,
  database: false,
  services: { web: { image: 'web', port: 8080, host: 'web', listeners: [80] } },
});
const BLUEPRINT_PATH = '.github/ephemeral.yml';
/** A rollout is looked at again after half a minute, whatever happens. */
const SETTLED_SECONDS = 29;
const ID = environmentRecord(7).identity.id;

async function setUp({ onEnsure = async () => undefined }: { onEnsure?: (key: string) => unknown } = {}) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const forge = createFakeForge();
  forge.blueprint = BLUEPRINT;
  const resources = createFakeResources(clock, { onEnsure: (key) => void onEnsure(key) });
  resources.set('image', { outputs: { reference: 'web:1', tag: '1', origin: 'head' } });
  const reports: EnvironmentReport[] = [];
  const silences: Error[] = [];
  const unexpected: unknown[] = [];
  await store.transaction(async (transaction) => await transaction.saveEnvironment(environmentRecord(7)));
  const reconciler = createReconciler({
    ports: {
      store,
      forge,
      clock,
      planner: createPlanner({ platform: testPlatform(), blueprintPath: BLUEPRINT_PATH }),
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
      blueprintPath: BLUEPRINT_PATH,
      limit: 10,
      ttlSeconds: 7 * 86_400,
      maxTtlSeconds: 28 * 86_400,
    },
  });
  const pass = async () => await reconciler.reconcile(ID, new AbortController().signal);

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
  return { clock, store, forge, resources, inAccount, reports, silences, unexpected, pass, settle, want };
}

describe('a pass', () => {
  it('ends ready, says so, and looks again at the next deadline at the latest', async () => {
    const { reports, resources, settle, store } = await setUp();
    await settle();

    expect(reports.at(-1)?.phase).toBe('ready');
    expect((await store.environment(ID))?.servedSha).toBe(environmentRecord(7).intent.headSha);
    expect(resources.existing()).toContain('service nonprod-pr-7-web');
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
    await settle();

    expect(reports.at(-1)).toMatchObject({ phase: 'gone', releaseReason: 'closed' });
    expect(reports.at(-1)?.receipt.filter(({ goneAt }) => goneAt === null)).toEqual([]);
    expect(unexpected).toHaveLength(1);
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

  it('makes nothing for a fork', async () => {
    const { forge, reports, resources, settle, want } = await setUp();
    forge.facts = forge.facts && { ...forge.facts, fromFork: true };
    await want({ fromFork: true });
    await settle();

    expect(resources.calls).toEqual([]);
    expect(reports.at(-1)?.phase).toBe('refused');
    expect(reports.at(-1)?.conditions.map(({ message }) => message)).toEqual([
      expect.stringContaining('push it to a branch of this repository'),
    ]);
  });
});
