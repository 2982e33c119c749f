import { requestCheckAction, rerequestCheckRun, rerequestCheckSuite } from '../behaviour/checks.ts';
import { completeWorkflowRun, dispatchWorkflow, startWorkflowRun } from '../behaviour/workflows.ts';
import type { WorkflowConclusion, WorkflowRun } from '../entities/workflow.ts';
import { notFound } from '../errors.ts';
import type { World } from '../world.ts';
import type { In, On, Places } from './places.ts';

/** What people push on checks, and how a workflow run goes on. */
export function createChecks(world: World, places: Places) {
  return {
    /** Pushes a button of a check run; GitHub shows buttons to those who can write. */
    clickCheckAction(at: In & { checkRunId: number; identifier: string }): void {
      const place = places.scene(at, 'write');
      requestCheckAction(world, place, { run: places.checkRunIn(place, at.checkRunId), identifier: at.identifier });
    },
    rerunCheck(at: In & { checkRunId: number }): void {
      const place = places.scene(at, 'write');
      rerequestCheckRun(world, place, places.checkRunIn(place, at.checkRunId));
    },
    /** "Re-run all checks" on the head of a pull request. */
    rerunAllChecks(at: On): void {
      const place = places.on(at, 'write');
      rerequestCheckSuite(world, place, place.pullRequest.head.sha);
    },
    /** "Run workflow" on the page of a workflow, which is called by its file's name. */
    dispatchWorkflow(
      at: In & { workflow: string; ref: string; inputs: { readonly [name: string]: string } },
    ): WorkflowRun {
      const place = places.scene(at, 'write');
      const workflow = place.repository.workflows.find(({ path }) => path.endsWith(`/${at.workflow}`));
      if (!workflow) {
        throw notFound();
      }
      return dispatchWorkflow(world, place, { ...at, workflow });
    },
    startWorkflowRun(at: In & { runId: number }): void {
      const { place, run } = places.workflowRun(at);
      startWorkflowRun(world, place, run);
    },
    completeWorkflowRun(at: In & { runId: number; conclusion: WorkflowConclusion }): void {
      const { place, run } = places.workflowRun(at);
      completeWorkflowRun(world, place, { run, conclusion: at.conclusion });
    },
  };
}
