import { createSteppedClock } from '../../sim/clock.ts';
import type { Intent } from '../../src/domain/intent.ts';
import { OBSERVING_KINDS, type ResourceKind } from '../../src/domain/resource.ts';
import { TAG_KEYS } from '../../src/domain/tags.ts';
import { createReconciler } from '../../src/reconcile/pass/reconciler.ts';
import { createPlanner } from '../../src/reconcile/plan/create-planner.ts';
import type { Provisioner, Provisioners } from '../../src/reconcile/provisioner.ts';
import type { EnvironmentReport } from '../../src/reconcile/reporter.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { createFakeBudgets } from '../support/fake-budgets.ts';
import { createFakeForge } from '../support/fake-forge.ts';
import { createFakeResources } from '../support/fake-resources.ts';
import { createFakeRoster } from '../support/fake-roster.ts';
import { createFakeWorkflows } from '../support/fake-workflows.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { testPlatform } from '../support/platform.ts';

export const ID = environmentRecord(7).identity.id;
const BLUEPRINT_PATH = '.github/ephemeral.yml';
/** Nothing but routine looks is due so late. */
const SETTLED_SECONDS = 29;
const PASSES = 200;
/** What is known of a clone that is there. */
export const CLONE = { endpoint: 'clone.internal.example', port: 3306, engine: 'aurora-mysql' };

/** One call of a provisioner, in the order in which they begin. */
export interface Call {
  readonly index: number;
  readonly method: 'observe' | 'ensure' | 'release';
  readonly kind: ResourceKind;
  readonly key: string;
  /** The commit that it is made for, as its tags will say; undefined of a release. */
  readonly commit: string | undefined;
}

export interface Interference {
  before?(call: Call): Promise<void>;
  /** What it throws is all that Mayfly hears: the work was done, and its answer is lost. */
  after?(call: Call): Promise<void>;
}

/** A clone, and services that answer on hosts of their own. */
export function blueprintOf(services: readonly string[], { database = true } = {}): string {
  const service = (name: string) => [name, { image: name, port: 8080, host: name, listeners: [80] }] as const;
  return JSON.stringify({
    version: 1,
    ...(database ? {} : { database: false }),
    services: Object.fromEntries(services.map(service)),
  });
}

function about(
  method: Call['method'],
  { kind, key, tags }: { kind: ResourceKind; key: string; tags?: Readonly<Record<string, string>> },
): Omit<Call, 'index'> {
  return { method, kind, key, commit: tags?.[TAG_KEYS.commit] };
}

/** One environment that is wanted, with all of Mayfly but its adapters, and whatever may come between two calls. */
export async function createLifeStage({
  blueprint = blueprintOf(['web']),
  interference = {},
}: {
  blueprint?: string;
  interference?: Interference;
} = {}) {
  const clock = createSteppedClock();
  const store = createMemoryStore();
  const forge = createFakeForge();
  forge.blueprint = blueprint;
  const resources = createFakeResources(clock);
  resources.set('image', { outputs: { reference: 'web:1', tag: '1', origin: 'head' } });
  resources.set('clone-cluster', { outputs: CLONE });
  const calls: Call[] = [];
  const reports: EnvironmentReport[] = [];
  await store.transaction(async (transaction) => await transaction.saveEnvironment(environmentRecord(7)));

  async function through<T>(begun: Omit<Call, 'index'>, work: () => Promise<T>): Promise<T> {
    const call = { ...begun, index: calls.length };
    calls.push(call);
    await interference.before?.(call);
    const answer = await work();
    await interference.after?.(call);
    return answer;
  }

  function interfered(kind: ResourceKind): Provisioner<ResourceKind> {
    const { observe, ensure, release } = resources.provisioners[kind] as unknown as Provisioner<ResourceKind>;
    return {
      kind,
      observe: async (desired) => await through(about('observe', desired), async () => await observe(desired)),
      ensure: async (desired, observed) =>
        await through(about('ensure', desired), async () => await ensure(desired, observed)),
      release: async (released) => await through(about('release', released), async () => await release(released)),
    };
  }

  /** A Mayfly that has just been started, and remembers no look. */
  function startMayfly() {
    const reconciler = createReconciler({
      ports: {
        store,
        forge,
        roster: createFakeRoster(),
        workflows: createFakeWorkflows(clock),
        clock,
        planner: createPlanner({ platform: testPlatform(), blueprintPath: BLUEPRINT_PATH }),
        budgets: createFakeBudgets(),
        provisioners: new Proxy({} as Provisioners, { get: (_, kind) => interfered(kind as ResourceKind) }),
        reporter: { publish: async (report) => await Promise.resolve(void reports.push(report)) },
        onUnexpected(where, error) {
          throw new Error(`nobody expected this of ${where}`, { cause: error });
        },
      },
      settings: {
        label: 'ephemeral',
        ownLogin: 'mayfly[bot]',
        blueprintPath: BLUEPRINT_PATH,
        limit: 10,
        ttlSeconds: 7 * 86_400,
        maxTtlSeconds: 28 * 86_400,
      },
    });
    const pass = async () => await reconciler.reconcile(ID, new AbortController().signal);

    /** Passes as the queue would order them, until nothing more is to be done soon; `each` after each one. */
    async function settle(each: () => Promise<void> = async () => await Promise.resolve()): Promise<void> {
      for (let passes = 0; passes < PASSES; passes += 1) {
        const { requeueAfterSeconds } = await pass();
        await each();
        const record = await store.environment(ID);
        const isNews = record !== undefined && record.observedGeneration < record.intent.generation;
        if (!isNews && (requeueAfterSeconds === null || requeueAfterSeconds >= SETTLED_SECONDS)) {
          return;
        }
        clock.advance(isNews ? 0 : (requeueAfterSeconds ?? 0));
      }
      throw new Error(`it does not settle: ${resources.existing().join(', ')}`);
    }

    return { pass, settle };
  }

  async function want(change: Partial<Intent>): Promise<void> {
    await store.transaction(async (transaction) => {
      const record = await transaction.environment(ID);
      if (record) {
        const generation = record.intent.generation + 1;
        await transaction.saveEnvironment({ ...record, intent: { ...record.intent, ...change, generation } });
      }
    });
  }

  return {
    clock,
    store,
    forge,
    resources,
    calls,
    reports,
    startMayfly,
    want,
    /** The pull request is closed, and its webhook came. */
    async close() {
      forge.facts = forge.facts && { ...forge.facts, open: false };
      await want({ state: 'absent', releaseReason: 'closed' });
    },
    async push(headSha: string) {
      forge.facts = forge.facts && { ...forge.facts, headSha };
      await want({ headSha });
    },
    record: async () => {
      const record = await store.environment(ID);
      if (!record) {
        throw new Error('the record is gone');
      }
      return record;
    },
    /** Fakes make something of what only looks, too. */
    inAccount: () =>
      resources.existing().filter((name) => !OBSERVING_KINDS.some((kind) => name.startsWith(`${kind} `))),
  };
}
