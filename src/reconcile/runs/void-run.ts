import { TerminalError } from '../../domain/failure.ts';
import type { WorkflowRunRecord } from '../workflow-run.ts';
import { end, search } from './advance-run.ts';
import { isBeingSearched, placeOf, type RunPass } from './run-pass.ts';

/**
 * Takes away what a run would have said, because the environment is no longer what it set out to test. The run itself is
 * cancelled: it would go on against another commit, or against nothing, take minutes that somebody pays for, and end
 * with a verdict that is read as one of the new commit. One that GitHub may have started without our hearing of it is
 * looked for first, and stays open meanwhile. A run that Mayfly may not cancel does not count either: its check run would
 * else wait for a verdict that nobody wants, for ever.
 */
export async function voidRun(run: WorkflowRunRecord, message: string, pass: RunPass): Promise<WorkflowRunRecord> {
  const { dispatch } = run;
  const known = dispatch && !run.link ? ((await search(run, dispatch, pass)) ?? run) : run;
  if (dispatch && !known.link && dispatch.traceable && isBeingSearched(dispatch.at, pass.clock.now())) {
    return known;
  }
  const refusal = await cancel(known, pass);
  const goesOn = refusal && `${message} Its run goes on: ${refusal.message}.`;
  return await end(known, { conclusion: 'void', message: goesOn ?? message }, pass);
}

/** What was said when the run may not be cancelled. */
async function cancel(
  { dispatch, link }: WorkflowRunRecord,
  { record, workflows }: RunPass,
): Promise<TerminalError | undefined> {
  if (!dispatch || !link) {
    return undefined;
  }
  try {
    await workflows.cancel(placeOf(record, dispatch.repository), link.id);
    return undefined;
  } catch (error) {
    if (error instanceof TerminalError) {
      return error;
    }
    throw error;
  }
}
