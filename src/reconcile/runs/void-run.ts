import type { WorkflowRunRecord } from '../workflow-run.ts';
import { end, search } from './advance-run.ts';
import { isBeingSearched, placeOf, type RunPass } from './run-pass.ts';

/**
 * Takes away what a run would have said, because the environment is no longer what it set out to test. The run itself is
 * cancelled: it would go on against another commit, or against nothing, take minutes that somebody pays for, and end
 * with a verdict that is read as one of the new commit. One that GitHub may have started without our hearing of it is
 * looked for first, and stays open meanwhile.
 */
export async function voidRun(run: WorkflowRunRecord, message: string, pass: RunPass): Promise<WorkflowRunRecord> {
  const { dispatch } = run;
  const known = dispatch && !run.link ? ((await search(run, dispatch, pass)) ?? run) : run;
  if (dispatch && !known.link && dispatch.traceable && isBeingSearched(dispatch.at, pass.clock.now())) {
    return known;
  }
  if (dispatch && known.link) {
    await pass.workflows.cancel(placeOf(pass.record, dispatch.repository), known.link.id);
  }
  return await end(known, { conclusion: 'void', message }, pass);
}
