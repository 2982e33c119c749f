import { cancelWorkflowRun, dispatchWorkflow } from '../behaviour/workflows.ts';
import type { Repository } from '../entities/repository.ts';
import type { Workflow, WorkflowRun } from '../entities/workflow.ts';
import {
  type Answer,
  accepted,
  type Call,
  found,
  list,
  noContent,
  numberParam,
  ok,
  param,
  type Routes,
  repositoryOf,
  sceneOf,
} from '../http/call.ts';
import { booleanAt, objectAt, textAt } from '../json.ts';
import { workflowRunJson } from '../wire/workflow-run.ts';
import type { World } from '../world.ts';

/** By number, or by file name. */
function workflowOf(call: Call): Workflow {
  const wanted = param(call, 'workflow_id');
  return found(
    repositoryOf(call).workflows.find(({ id, path }) => String(id) === wanted || path.split('/').at(-1) === wanted),
  );
}

function matches(run: WorkflowRun, query: URLSearchParams): boolean {
  const wants = (name: string, value: string | undefined): boolean => (query.get(name) ?? value) === value;
  const status = query.get('status');
  return (
    wants('branch', run.headBranch) &&
    wants('event', run.event) &&
    wants('head_sha', run.headSha) &&
    wants('actor', run.actor.login) &&
    (status === null || status === run.status || status === run.conclusion)
  );
}

function listRuns(world: World, call: Call, of: (repository: Repository) => WorkflowRun[]): Answer {
  const repository = repositoryOf(call);
  const runs = of(repository)
    .filter((run) => matches(run, call.query))
    .toReversed()
    .map((run) => workflowRunJson(world, repository, run));
  return list(runs, (page) => ({ total_count: runs.length, workflow_runs: page }));
}

function dispatch(world: World, call: Call): Answer {
  const inputs = Object.fromEntries(
    Object.entries(objectAt(call.body, 'inputs')).map(([name, value]) => [name, String(value)]),
  );
  const run = dispatchWorkflow(world, sceneOf(call), {
    workflow: workflowOf(call),
    ref: textAt(call.body, 'ref') ?? '',
    inputs,
  });
  if (!booleanAt(call.body, 'return_run_details')) {
    return noContent;
  }
  const { url, html_url } = workflowRunJson(world, repositoryOf(call), run);
  return ok({ workflow_run_id: run.id, run_url: url, html_url });
}

export function createActionsRoutes(world: World): Routes {
  return {
    'actions/cancel-workflow-run': (call) => {
      cancelWorkflowRun(world, sceneOf(call), found(repositoryOf(call).workflowRuns.get(numberParam(call, 'run_id'))));
      return accepted;
    },
    'actions/create-workflow-dispatch': (call) => dispatch(world, call),
    'actions/list-workflow-runs': (call) => {
      const workflow = workflowOf(call);
      return listRuns(world, call, ({ workflowRuns }) =>
        [...workflowRuns.values()].filter((run) => run.workflow === workflow),
      );
    },
    'actions/list-workflow-runs-for-repo': (call) =>
      listRuns(world, call, ({ workflowRuns }) => [...workflowRuns.values()]),
    'actions/get-workflow-run': (call) => {
      const run = found(repositoryOf(call).workflowRuns.get(numberParam(call, 'run_id')));
      return ok(workflowRunJson(world, repositoryOf(call), run));
    },
  };
}
