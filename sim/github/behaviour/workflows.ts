import type { Workflow, WorkflowConclusion, WorkflowRun } from '../entities/workflow.ts';
import { GitHubError, unprocessable } from '../errors.ts';
import { emitRepositoryEvent, type Scene } from '../webhooks/emit.ts';
import { workflowJson, workflowRunJson } from '../wire/workflow-run.ts';
import type { World } from '../world.ts';
import { tipOf } from './pushes.ts';

function emitRun(world: World, scene: Scene, { action, run }: { action: string; run: WorkflowRun }): void {
  const payload = {
    action,
    workflow: workflowJson(world, scene.repository, run.workflow),
    workflow_run: workflowRunJson(world, scene.repository, run),
  };
  emitRepositoryEvent(world, scene, { name: 'workflow_run', payload });
}

/** Starts a run that waits until somebody completes it. Throws a 422 for a wrong ref, input or trigger. */
export function dispatchWorkflow(
  world: World,
  scene: Scene,
  { workflow, ref, inputs }: { workflow: Workflow; ref: string; inputs: { [name: string]: string } },
): WorkflowRun {
  const { repository, actor } = scene;
  const headSha = tipOf(repository, ref.replace(/^refs\/heads\//, ''));
  if (!workflow.dispatchInputs) {
    throw unprocessable("Workflow does not have 'workflow_dispatch' trigger");
  }
  const unexpected = Object.keys(inputs).filter((name) => !workflow.dispatchInputs?.includes(name));
  if (unexpected.length > 0) {
    throw unprocessable(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  }
  const now = world.clock.now();
  const run: WorkflowRun = {
    id: world.store.nextId(),
    workflow,
    runNumber: [...repository.workflowRuns.values()].filter((other) => other.workflow === workflow).length + 1,
    event: 'workflow_dispatch',
    headBranch: ref.replace(/^refs\/heads\//, ''),
    headSha,
    actor,
    inputs,
    createdAt: now,
    status: 'queued',
    conclusion: undefined,
    updatedAt: now,
  };
  repository.workflowRuns.set(run.id, run);
  emitRun(world, scene, { action: 'requested', run });
  return run;
}

export function startWorkflowRun(world: World, scene: Scene, run: WorkflowRun): void {
  if (run.status !== 'queued') {
    throw new GitHubError(409, `run ${run.id} is ${run.status}`);
  }
  run.status = 'in_progress';
  run.updatedAt = world.clock.now();
  emitRun(world, scene, { action: 'in_progress', run });
}

export function completeWorkflowRun(
  world: World,
  scene: Scene,
  { run, conclusion }: { run: WorkflowRun; conclusion: WorkflowConclusion },
): void {
  if (run.status === 'completed') {
    throw new GitHubError(409, `run ${run.id} is completed`);
  }
  run.status = 'completed';
  run.conclusion = conclusion;
  run.updatedAt = world.clock.now();
  emitRun(world, scene, { action: 'completed', run });
}
