import type { Probot } from 'probot';
import { guarded } from './event.ts';
import type { HandlerPorts } from './handler-ports.ts';

/**
 * Runs that were started by hand: some of them are Mayfly's. Nobody is obeyed here, so nobody's permission is asked for:
 * the event only has an environment looked at sooner than it would be anyway.
 */
export function listenToWorkflowRuns(app: Probot, { intake }: HandlerPorts): void {
  app.on(
    ['workflow_run.in_progress', 'workflow_run.completed'],
    guarded(async ({ payload }) => {
      const { workflow_run: run } = payload;
      if (run.event === 'workflow_dispatch') {
        await intake.hearOfRun(run.id);
      }
    }),
  );
}
