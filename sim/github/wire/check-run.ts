import type { CheckRun, CheckSuite } from '../entities/check-run.ts';
import { fullName, type Repository } from '../entities/repository.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { appJson } from './app.ts';
import { simpleCommitJson } from './commit.ts';
import { instant, instantOrNull, nodeId } from './instant.ts';
import { minimalPullRequestJson, pullRequestsAt } from './pull-request.ts';
import { repositoryUrl } from './repository.ts';

function runsOf(repository: Repository, suite: CheckSuite): CheckRun[] {
  return [...repository.checkRuns.values()].filter((run) => run.suite === suite);
}

/** GitHub derives a suite from its latest runs: the worst conclusion wins. */
export function suiteState(repository: Repository, suite: CheckSuite): { status: string; conclusion: string | null } {
  const runs = runsOf(repository, suite);
  if (runs.length === 0) {
    return { status: 'queued', conclusion: null };
  }
  if (runs.some((run) => run.status !== 'completed')) {
    return { status: runs.some((run) => run.status === 'in_progress') ? 'in_progress' : 'queued', conclusion: null };
  }
  const worst = ['failure', 'timed_out', 'action_required', 'cancelled', 'success', 'neutral', 'skipped'];
  const conclusion = worst.find((each) => runs.some((run) => run.conclusion === each));
  return { status: 'completed', conclusion: conclusion ?? 'neutral' };
}

function pullRequestsJson(world: World, repository: Repository, headSha: string): JsonObject[] {
  return pullRequestsAt(repository, headSha).map((pullRequest) =>
    minimalPullRequestJson(world, repository, pullRequest),
  );
}

export function checkRunJson(world: World, repository: Repository, run: CheckRun): JsonObject {
  const self = `${repositoryUrl(world, repository)}/check-runs/${run.id}`;
  const page = `${world.url}/${fullName(repository)}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('CR', run.id),
    head_sha: run.suite.headSha,
    external_id: run.externalId ?? '',
    url: self,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: instantOrNull(run.startedAt),
    completed_at: instantOrNull(run.completedAt),
    output: {
      title: run.output.title ?? null,
      summary: run.output.summary ?? null,
      text: run.output.text ?? null,
      annotations_count: 0,
      annotations_url: `${self}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.suite.id },
    app: appJson(world),
    pull_requests: pullRequestsJson(world, repository, run.suite.headSha),
  };
}

function suiteCore(world: World, repository: Repository, suite: CheckSuite): JsonObject {
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.headBranch ?? null,
    head_sha: suite.headSha,
    ...suiteState(repository, suite),
    url: `${repositoryUrl(world, repository)}/check-suites/${suite.id}`,
    before: repository.commits.get(suite.headSha)?.parents[0] ?? null,
    after: suite.headSha,
    pull_requests: pullRequestsJson(world, repository, suite.headSha),
    app: appJson(world),
    created_at: instant(suite.createdAt),
    updated_at: instant(suite.updatedAt),
  };
}

/** The run as webhooks carry it, with its suite inside. */
export function checkRunEventJson(world: World, repository: Repository, run: CheckRun): JsonObject {
  return { ...checkRunJson(world, repository, run), check_suite: suiteCore(world, repository, run.suite) };
}

export function checkSuiteEventJson(world: World, repository: Repository, suite: CheckSuite): JsonObject {
  const head = repository.commits.get(suite.headSha);
  return {
    ...suiteCore(world, repository, suite),
    latest_check_runs_count: runsOf(repository, suite).length,
    check_runs_url: `${repositoryUrl(world, repository)}/check-suites/${suite.id}/check-runs`,
    head_commit: head ? simpleCommitJson(head) : null,
  };
}
