import type { SimClock } from '../clock.ts';
import type { WorkflowConclusion, WorkflowRun } from '../github/entities/workflow.ts';
import { volPeople } from '../github/seeds/vol-story.ts';
import type { GitHubSimulator } from '../github/server.ts';
import { REPOSITORY } from './first-users.ts';

const WATCH_SECONDS = 2;

export interface RunnerParts {
  readonly github: GitHubSimulator;
  readonly clock: SimClock;
  /** The name of the workflow's file. */
  readonly workflow: string;
  /** Does what the workflow would do, and says how it ended. */
  play(run: WorkflowRun): Promise<WorkflowConclusion>;
}

/** Stands for the runners of GitHub Actions: takes each run of one workflow that waits. Ends when it is called. */
export function startRunner({ github, clock, workflow, play }: RunnerParts): () => void {
  let cancel = (): void => undefined;

  async function take(run: WorkflowRun): Promise<void> {
    const at = { repository: REPOSITORY, actor: volPeople.developer, runId: run.id };
    github.actions.startWorkflowRun(at);
    const conclusion = await play(run);
    if (run.status === 'in_progress') {
      github.actions.completeWorkflowRun({ ...at, conclusion });
    }
  }

  function watch(): void {
    for (const run of github.store.repository(REPOSITORY).workflowRuns.values()) {
      if (run.status === 'queued' && run.workflow.path.endsWith(`/${workflow}`)) {
        void take(run);
      }
    }
    cancel = clock.after(WATCH_SECONDS, watch);
  }

  watch();
  return () => cancel();
}
