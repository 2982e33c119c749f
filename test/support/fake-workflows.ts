import type { SteppedClock } from '../../sim/clock.ts';
import type { RunFacts, Workflows } from '../../src/reconcile/workflows.ts';

export interface FakeRun {
  readonly repository: string;
  readonly workflow: string;
  readonly ref: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  facts: RunFacts;
}

/** Workflows of no forge: runs go on as the test says. */
export interface FakeWorkflows extends Workflows {
  readonly runs: FakeRun[];
  /** How often it was asked how a run goes. */
  looks: number;
  /** Logins that may write in other repositories. */
  readonly writers: Set<string>;
  /** Thrown by the next call of that method: before it did anything, or after, as when only its answer is lost. */
  readonly errors: Partial<Record<'start' | 'find' | 'run' | 'cancel', { error: Error; after?: boolean }>>;
  /** Whether `start` says which run it started. */
  tellsId: boolean;
  /** Whether the names of runs hold their correlation ids. */
  namesRuns: boolean;
  to(index: number, change: Pick<RunFacts, 'state' | 'conclusion'>): void;
}

export function createFakeWorkflows(clock: SteppedClock): FakeWorkflows {
  const runs: FakeRun[] = [];
  const byId = (id: number) => runs.find(({ facts }) => facts.link.id === id);

  async function call<T>(method: keyof FakeWorkflows['errors'], work: () => T): Promise<T> {
    const planned = fake.errors[method];
    delete fake.errors[method];
    if (planned && !planned.after) {
      throw planned.error;
    }
    const done = await Promise.resolve(work());
    if (planned) {
      throw planned.error;
    }
    return done;
  }

  const fake: FakeWorkflows = {
    runs,
    looks: 0,
    writers: new Set(),
    errors: {},
    tellsId: true,
    namesRuns: true,
    to(index, change) {
      const run = runs[index];
      if (run) {
        run.facts = { ...run.facts, ...change };
      }
    },
    defaultBranch: async ({ repository }) =>
      await Promise.resolve(repository.endsWith('/nowhere') ? undefined : 'main'),
    mayStart: async (_, login) => await Promise.resolve(fake.writers.has(login)),
    start: async ({ repository }, request) =>
      await call('start', () => {
        const number = runs.length + 1;
        const link = { id: 9000 + number, number, url: `https://github.example/runs/${number}` };
        const facts: RunFacts = { link, state: 'queued', conclusion: null };
        runs.push({ repository, ...request, createdAt: clock.now(), facts });
        return fake.tellsId ? { ...link, number: null } : undefined;
      }),
    find: async ({ repository }, { workflow, since, correlationId }) =>
      await call(
        'find',
        () =>
          runs.find(
            (run) =>
              fake.namesRuns &&
              run.repository === repository &&
              run.workflow === workflow &&
              run.createdAt >= since &&
              run.inputs['correlation_id'] === correlationId,
          )?.facts,
      ),
    async run(_, id) {
      fake.looks += 1;
      return await call('run', () => byId(id)?.facts);
    },
    async cancel(_, id) {
      await call('cancel', () => {
        const run = byId(id);
        if (run && run.facts.state !== 'ended') {
          run.facts = { ...run.facts, state: 'ended', conclusion: 'cancelled' };
        }
      });
    },
  };
  return fake;
}
