import { beforeEach, describe, expect, it } from '@jest/globals';
import { TerminalError } from '../../src/domain/failure.ts';
import type { RunConclusion } from '../../src/reconcile/workflow-run.ts';
import type { WorkflowPlace, Workflows } from '../../src/reconcile/workflows.ts';

/** A repository with a workflow `suites.yaml` on its branches, which takes `test_suite` and shows `correlation_id`. */
export interface WorkflowsUnderTest {
  readonly workflows: Workflows;
  readonly place: WorkflowPlace;
  readonly branch: string;
  readonly writer: string;
  readonly reader: string;
  /** What the forge does with the run of this id. */
  start(id: number): void;
  end(id: number, conclusion: RunConclusion): void;
  /** Somebody else starts a run with the same inputs by hand. */
  startAsSomebodyElse(inputs: Readonly<Record<string, string>>): void;
  /** Lets the forge do what it does a little later. */
  settle(): void;
  now(): Date;
}

/** What every `Workflows` does. */
export function describeWorkflows(open: () => Promise<WorkflowsUnderTest>): void {
  let under: WorkflowsUnderTest;

  beforeEach(async () => {
    under = await open();
  });

  async function dispatch(correlationId: string): Promise<number> {
    const inputs = { test_suite: 'regression', correlation_id: correlationId };
    const { workflows, place, branch } = under;
    const link = await workflows.start(place, { workflow: 'suites.yaml', ref: branch, inputs });
    return link?.id ?? 0;
  }

  describe('a run', () => {
    it('is known from its beginning, and goes on to its end', async () => {
      const { workflows, place } = under;
      const id = await dispatch('c-1');
      expect(await workflows.run(place, id)).toMatchObject({
        link: { id, number: 1 },
        state: 'queued',
        conclusion: null,
      });
      under.start(id);
      expect(await workflows.run(place, id)).toMatchObject({ state: 'running', conclusion: null });
      under.end(id, 'failure');
      expect(await workflows.run(place, id)).toMatchObject({ state: 'ended', conclusion: 'failure' });
      expect((await workflows.run(place, id))?.link.url).toMatch(/^https?:/);
    });

    it('is found by its correlation id, and by no part of what others started', async () => {
      const { workflows, place } = under;
      const since = new Date(under.now().getTime() - 60_000);
      const wanted = { workflow: 'suites.yaml', since };
      under.startAsSomebodyElse({ test_suite: 'regression', correlation_id: 'c-2' });
      await dispatch('c-1');
      expect(await workflows.find(place, { ...wanted, correlationId: 'c-2' })).toBeUndefined();
      const id = await dispatch('c-2');
      await dispatch('c-3');

      expect(await workflows.find(place, { ...wanted, correlationId: 'c-2' })).toMatchObject({ link: { id } });
      expect(await workflows.find(place, { ...wanted, correlationId: 'c-4' })).toBeUndefined();
    });

    it('ends as cancelled, and one that is over or not there can be cancelled all the same', async () => {
      const { workflows, place } = under;
      const [ended, id] = [await dispatch('c-1'), await dispatch('c-2')];
      under.start(ended);
      under.end(ended, 'success');
      await workflows.cancel(place, id);
      await workflows.cancel(place, ended);
      await workflows.cancel(place, 1);
      under.settle();

      expect(await workflows.run(place, id)).toMatchObject({ state: 'ended', conclusion: 'cancelled' });
      expect(await workflows.run(place, ended)).toMatchObject({ conclusion: 'success' });
    });

    it('is nothing when the forge has no such run', async () => {
      expect(await under.workflows.run(under.place, 1)).toBeUndefined();
    });
  });

  describe('a place', () => {
    it('has a default branch, and none where there is nothing to see', async () => {
      const { workflows, place } = under;
      expect(await workflows.defaultBranch(place)).toBe('main');
      expect(await workflows.defaultBranch({ ...place, repository: 'acme/nowhere' })).toBeUndefined();
    });

    it('lets those start runs who may write there', async () => {
      const { workflows, place, writer, reader } = under;
      expect(await workflows.mayStart(place, writer)).toBe(true);
      expect(await workflows.mayStart(place, reader)).toBe(false);
    });
  });
}

/** What a refused start throws: nothing was started, and somebody has to change something. */
export async function refusalOf(attempt: Promise<unknown>): Promise<TerminalError> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof TerminalError) {
      return error;
    }
    throw error;
  }
  throw new Error('it was not refused');
}
