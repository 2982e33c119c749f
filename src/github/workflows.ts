import { TerminalError } from '../domain/failure.ts';
import type { RunLink } from '../reconcile/workflow-run.ts';
import type { RunFacts, WorkflowPlace, Workflows } from '../reconcile/workflows.ts';
import { asking, classifyGitHubError, isNotFound, isUnprocessable } from './errors.ts';
import type { Octokit, OctokitSource } from './octokit-source.ts';
import { hasPermission } from './permission.ts';
import type { AppIdentity } from './publish/publishing.ts';
import { ownerAndRepo } from './repository-name.ts';

/** GitHub Actions as the reconciler uses it. */
export function createWorkflows({ octokits, identity }: { octokits: OctokitSource; identity: AppIdentity }): Workflows {
  async function at<T>(
    place: WorkflowPlace,
    doing: string,
    call: (octokit: Octokit, target: Target) => Promise<T>,
  ): Promise<T> {
    const octokit = await octokits.forInstallation(place.installationId);
    return await asking(doing, async () => await call(octokit, ownerAndRepo(place.repository)));
  }

  return {
    defaultBranch: async (place) =>
      await at(place, `reading ${place.repository}`, async (octokit, target) => {
        const found = await unlessNotFound(async () => await octokit.rest.repos.get(target));
        return found?.data.default_branch;
      }),
    async mayStart({ repository, installationId }, login) {
      const octokit = await octokits.forInstallation(installationId);
      return await hasPermission(octokit, { repository, login, needed: 'write' });
    },
    start: async (place, request) =>
      await at(place, `starting ${request.workflow}`, async (octokit, target) => {
        try {
          return linkOf(await dispatch(octokit, target, request));
        } catch (error) {
          throw refusalOf(error, place, request.workflow) ?? error;
        }
      }),
    find: async (place, { workflow, since, correlationId }) =>
      await at(place, `looking for a run of ${workflow}`, async (octokit, target) => {
        const pages = octokit.paginate.iterator(octokit.rest.actions.listWorkflowRuns, {
          ...target,
          workflow_id: workflow,
          event: 'workflow_dispatch',
          actor: identity.ownLogin,
          per_page: 100,
        });
        for await (const { data } of pages) {
          const found = data.find(
            (run) => run.actor?.login === identity.ownLogin && run.display_title.includes(correlationId),
          );
          // They come newest first.
          if (found ?? data.some(({ created_at: created }) => Date.parse(created) < since.getTime())) {
            return found && factsOf(found);
          }
        }
        return undefined;
      }),
    run: async (place, id) =>
      await at(place, `reading run ${id}`, async (octokit, target) => {
        const got = await unlessNotFound(
          async () => await octokit.rest.actions.getWorkflowRun({ ...target, run_id: id }),
        );
        return got && factsOf(got.data);
      }),
    async cancel(place, id) {
      await at(place, `cancelling run ${id}`, async (octokit, target) => {
        try {
          await octokit.rest.actions.cancelWorkflowRun({ ...target, run_id: id });
        } catch (error) {
          // "Cannot cancel a workflow run that is completed": it is over, which is all that was wanted.
          if (!isNotFound(error) && !isConflict(error)) {
            throw error;
          }
        }
      });
    },
  };
}

type Target = ReturnType<typeof ownerAndRepo>;

interface Request {
  readonly workflow: string;
  readonly ref: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * Asks for the run's id in the answer, as GitHub gives it since February 2026 (GitHub changelog, "Workflow dispatch API now
 * returns run IDs"). A GitHub Enterprise Server that does not know the parameter refuses it, and is asked without.
 */
async function dispatch(octokit: Octokit, target: Target, { workflow, ref, inputs }: Request): Promise<unknown> {
  const request = { ...target, workflow_id: workflow, ref, inputs };
  try {
    const { data }: { data: unknown } = await octokit.rest.actions.createWorkflowDispatch({
      ...request,
      return_run_details: true,
    });
    return data;
  } catch (error) {
    if (!(isUnprocessable(error) && error instanceof Error && error.message.includes('return_run_details'))) {
      throw error;
    }
    await octokit.rest.actions.createWorkflowDispatch(request);
    return undefined;
  }
}

function linkOf(answer: unknown): RunLink | undefined {
  if (typeof answer !== 'object' || answer === null || !('workflow_run_id' in answer)) {
    return undefined;
  }
  const url = 'html_url' in answer && typeof answer.html_url === 'string' ? answer.html_url : '';
  return { id: Number(answer.workflow_run_id), number: null, url };
}

/**
 * What GitHub says of a workflow that it does not start is for people to read. A wrong input or no such file is for the
 * workflow's author; what the app may not do, for who administers its installation: one made before the app asked for a
 * permission goes on without it until an owner accepts (GitHub Docs, "Modifying a GitHub App registration").
 */
function refusalOf(error: unknown, { repository }: WorkflowPlace, workflow: string): TerminalError | undefined {
  const said = error instanceof Error ? error.message.replace(/ - https:\/\/\S+$/, '') : '';
  if (isUnprocessable(error)) {
    const message = `GitHub does not start \`${workflow}\`: ${said}`;
    return new TerminalError('WorkflowRefused', message, { actor: 'author', cause: error });
  }
  if (isNotFound(error)) {
    const message = `GitHub knows no workflow \`${workflow}\` of \`${repository}\`: it starts only what is on the default branch as well.`;
    return new TerminalError('WorkflowMissing', message, { actor: 'author', cause: error });
  }
  const known = classifyGitHubError(error, `starting ${workflow}`);
  if (!(known instanceof TerminalError && known.reason === 'GitHubPermission')) {
    return undefined;
  }
  const remedy = `If Mayfly was installed before it asked for it, an owner of \`${ownerAndRepo(repository).owner}\` accepts \`actions: write\` in the app's settings first. Then ask again.`;
  const message = `GitHub does not let Mayfly start \`${workflow}\` of \`${repository}\`: ${said}. ${remedy}`;
  return new TerminalError('WorkflowForbidden', message, { actor: 'operator', cause: error });
}

type RunData = Awaited<ReturnType<Octokit['rest']['actions']['getWorkflowRun']>>['data'];

function factsOf({ id, run_number: number, html_url: url, status, conclusion }: RunData): RunFacts {
  const link = { id, number, url };
  if (status === 'completed') {
    return { link, state: 'ended', conclusion: CONCLUSIONS[conclusion ?? ''] ?? 'failure' };
  }
  // Waiting for a runner, for its turn in a concurrency group or for an approval is all the same from here.
  return { link, state: status === 'in_progress' ? 'running' : 'queued', conclusion: null };
}

/** What is not here (`startup_failure`, `action_required`, `stale`) brought no verdict, and is a failure. */
const CONCLUSIONS: Readonly<Record<string, RunFacts['conclusion']>> = {
  success: 'success',
  neutral: 'success',
  skipped: 'skipped',
  cancelled: 'cancelled',
  timed_out: 'timed-out',
};

function isConflict(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 409;
}

async function unlessNotFound<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}
