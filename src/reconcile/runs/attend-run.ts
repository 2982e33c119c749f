import { TerminalError } from '../../domain/failure.ts';
import type { Attention } from '../graph/attention.ts';
import { failedBy } from '../graph/failing.ts';
import { SupersededError } from '../superseded.ts';
import { isOpen, type WorkflowRunRecord } from '../workflow-run.ts';
import { end } from './advance-run.ts';
import type { RunPass } from './run-pass.ts';

/** Nobody watches a suite by the second, and GitHub's calls are counted by the hour; a webhook has it looked at sooner. */
const SHORTEST_SECONDS = 10;
const LONGEST_SECONDS = 60;
/** Until the run's number is known. */
const BEGINNING_SECONDS = 2;
const SHARE = 0.05;

export interface Watch {
  readonly attention: Attention<true>;
  /** Told of errors that no adapter classified. */
  onUnexpected(key: string, error: unknown): void;
}

/**
 * Takes the step if the run is due: when time has passed, when something was heard of it, or when something else is
 * wanted. What GitHub refuses for good before it started ends the run; any other failure is tried again.
 */
export async function attendRun(
  run: WorkflowRunRecord,
  step: (run: WorkflowRunRecord) => Promise<WorkflowRunRecord>,
  { pass, watch }: { pass: RunPass; watch: Watch },
): Promise<WorkflowRunRecord> {
  const { attention, onUnexpected } = watch;
  const { key } = run;
  const digest = `${pass.record.intent.generation} ${run.heardAt?.toISOString() ?? ''}`;
  const now = pass.clock.now();
  if (!isOpen(run) || attention.recall(key, digest, now)) {
    return run;
  }
  try {
    const reached = await step(run);
    attention.settle(key, { digest, standing: true, now, seconds: secondsToNextLook(reached, now) });
    return reached;
  } catch (error) {
    if (error instanceof SupersededError) {
      throw error;
    }
    if (error instanceof TerminalError && !run.link) {
      return await end(run, { conclusion: 'not-started', message: error.message }, pass);
    }
    const { nextLookSeconds: seconds } = failedBy(error, { key, digest, attention, onUnexpected });
    attention.fail(key, { digest, standing: true, now, seconds });
    return run;
  }
}

function secondsToNextLook({ dispatch, link }: WorkflowRunRecord, now: Date): number {
  if (!dispatch) {
    return SHORTEST_SECONDS;
  }
  if (!link || link.number === null) {
    return BEGINNING_SECONDS;
  }
  const elapsed = (now.getTime() - dispatch.at.getTime()) / 1000;
  return Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, elapsed * SHARE));
}
