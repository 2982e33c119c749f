import type { Commit } from '../entities/commit.ts';
import type { Workflow, WorkflowConclusion, WorkflowRun } from '../entities/workflow.ts';
import { readWorkflowFile, runTitle, type WorkflowFile } from '../entities/workflow-file.ts';
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

/** How long GitHub takes to stop a run's jobs is not published; this is assumed. */
const CANCEL_SECONDS = 3;

export interface Dispatch {
  readonly workflow: Workflow;
  readonly ref: string;
  readonly inputs: { readonly [name: string]: string };
}

/** Starts a run that waits until somebody completes it. Throws a 422 for a wrong ref, input or trigger. */
export function dispatchWorkflow(world: World, scene: Scene, { workflow, ref, inputs }: Dispatch): WorkflowRun {
  const { repository, actor } = scene;
  const headBranch = ref.replace(/^refs\/heads\//, '');
  const headSha = tipOf(repository, headBranch);
  const contract = contractAt(repository.commits.get(headSha), workflow);
  const given = inputsOf(contract, inputs);
  const now = world.clock.now();
  const run: WorkflowRun = {
    id: world.store.nextId(),
    workflow,
    title: contract.runName === undefined ? workflow.name : runTitle(contract.runName, given),
    runNumber: [...repository.workflowRuns.values()].filter((other) => other.workflow === workflow).length + 1,
    event: 'workflow_dispatch',
    headBranch,
    headSha,
    actor,
    inputs: given,
    createdAt: now,
    status: 'queued',
    conclusion: undefined,
    updatedAt: now,
  };
  repository.workflowRuns.set(run.id, run);
  emitRun(world, scene, { action: 'requested', run });
  return run;
}

/** The workflow as it stands at the commit that is to run; as it was founded where that commit has no such file. */
function contractAt(commit: Commit | undefined, { path, dispatchInputs }: Workflow): WorkflowFile {
  const text = commit?.tree.get(path);
  const file = text === undefined ? undefined : readWorkflowFile(text);
  const free = { required: false, fallback: undefined, options: undefined };
  return file ?? { runName: undefined, inputs: dispatchInputs && new Map(dispatchInputs.map((name) => [name, free])) };
}

/** What the run is given, defaults included. */
function inputsOf({ inputs: declared }: WorkflowFile, given: Dispatch['inputs']): Dispatch['inputs'] {
  if (!declared) {
    throw unprocessable("Workflow does not have 'workflow_dispatch' trigger");
  }
  const unexpected = Object.keys(given).filter((name) => !declared.has(name));
  if (unexpected.length > 0) {
    throw unprocessable(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  }
  return Object.fromEntries(
    [...declared].map(([name, { required, fallback, options }]) => {
      const value = given[name] ?? fallback;
      if (required && value === undefined) {
        throw unprocessable(`Required input '${name}' not provided`);
      }
      if (options && value !== undefined && !options.includes(value)) {
        throw unprocessable(`Provided value '${value}' for input '${name}' not in the list of allowed values`);
      }
      return [name, value ?? ''];
    }),
  );
}

/** Asks for the end of a run, which comes a little later. Throws a 409 for one that is over. */
export function cancelWorkflowRun(world: World, scene: Scene, run: WorkflowRun): void {
  if (run.status === 'completed') {
    throw new GitHubError(409, 'Cannot cancel a workflow run that is completed.');
  }
  world.clock.after(CANCEL_SECONDS, () => {
    if (run.status !== 'completed') {
      completeWorkflowRun(world, scene, { run, conclusion: 'cancelled' });
    }
  });
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
