import { fullName, type Repository } from '../entities/repository.ts';
import type { Workflow, WorkflowRun } from '../entities/workflow.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { accountJson } from './account.ts';
import { simpleCommitJson } from './commit.ts';
import { instant, nodeId } from './instant.ts';
import { minimalPullRequestJson, pullRequestsAt } from './pull-request.ts';
import { repositoryLiteJson, repositoryUrl } from './repository.ts';

export function workflowJson(world: World, repository: Repository, workflow: Workflow): JsonObject {
  const page = `${world.url}/${fullName(repository)}`;
  return {
    id: workflow.id,
    node_id: nodeId('W', workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: 'active',
    created_at: instant(workflow.createdAt),
    updated_at: instant(workflow.createdAt),
    url: `${repositoryUrl(world, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}

export function workflowRunJson(world: World, repository: Repository, run: WorkflowRun): JsonObject {
  const api = repositoryUrl(world, repository);
  const self = `${api}/actions/runs/${run.id}`;
  const head = repository.commits.get(run.headSha);
  const suiteId = run.id + 1;
  return {
    id: run.id,
    node_id: nodeId('WFR', run.id),
    name: run.workflow.name,
    path: run.workflow.path,
    display_title: run.title,
    run_number: run.runNumber,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion ?? null,
    workflow_id: run.workflow.id,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    check_suite_id: suiteId,
    check_suite_node_id: nodeId('CS', suiteId),
    url: self,
    html_url: `${world.url}/${fullName(repository)}/actions/runs/${run.id}`,
    pull_requests: pullRequestsAt(repository, run.headSha).map((each) =>
      minimalPullRequestJson(world, repository, each),
    ),
    created_at: instant(run.createdAt),
    updated_at: instant(run.updatedAt),
    run_started_at: instant(run.createdAt),
    actor: accountJson(world, run.actor),
    triggering_actor: accountJson(world, run.actor),
    jobs_url: `${self}/jobs`,
    logs_url: `${self}/logs`,
    check_suite_url: `${api}/check-suites/${suiteId}`,
    artifacts_url: `${self}/artifacts`,
    cancel_url: `${self}/cancel`,
    rerun_url: `${self}/rerun`,
    previous_attempt_url: null,
    workflow_url: `${api}/actions/workflows/${run.workflow.id}`,
    head_commit: head ? simpleCommitJson(head) : null,
    repository: repositoryLiteJson(world, repository),
    head_repository: repositoryLiteJson(world, repository),
  };
}
