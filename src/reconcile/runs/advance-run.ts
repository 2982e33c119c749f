import { TerminalError, TransientError } from '../../domain/failure.ts';
import type { RunConclusion, RunDispatch, RunLink, WorkflowRunRecord } from '../workflow-run.ts';
import type { RunFacts } from '../workflows.ts';
import { isBeingSearched, placeOf, type RunPass } from './run-pass.ts';
import { dispatchOf, type RunRequest } from './run-request.ts';

/** What GitHub's list and ours may be apart, and a clock of ours that runs ahead. */
const CLOCK_SLACK_MS = 300_000;

/** A name may hold the id only in some cases, so that a run which is not found is no proof that there is none. */
const MOST_SENT = 2;

/**
 * Takes an open run one step on, and says where it stands. Its modes, each of which a process may die in:
 *
 * - asked for: the way it is to be asked of GitHub is written down, then GitHub is asked.
 * - dispatched, id unknown: that answer was lost. The run is looked for by its correlation id; one that is not there
 *   after a minute was never started, and is asked for again, once. Where GitHub took the request, or no name of a run
 *   tells it, nobody can know, and it is given up: a second run is worse than none.
 * - known: GitHub is asked how it goes, until it has ended.
 */
export async function advanceRun(
  run: WorkflowRunRecord,
  request: () => RunRequest,
  pass: RunPass,
): Promise<WorkflowRunRecord> {
  if (!run.dispatch) {
    return await begin(run, await dispatchOf(run, request(), pass), pass);
  }
  if (!run.link) {
    return (await search(run, run.dispatch, pass)) ?? (await giveUp(run, run.dispatch, pass));
  }
  return await look(run, { dispatch: run.dispatch, link: run.link }, pass);
}

/** Asks for a run that nobody asked for yet, or that was asked for in vain. */
export async function begin(run: WorkflowRunRecord, dispatch: RunDispatch, pass: RunPass): Promise<WorkflowRunRecord> {
  await pass.confirmIntent();
  const written = await pass.save({ ...run, dispatch });
  const link = await startOrTakeBack(run, dispatch, pass);
  if (!link) {
    return await pass.save({ ...written, dispatch: { ...dispatch, accepted: true } });
  }
  // Looked at once, so that people are told its number with the first word of it.
  return await lookIfPossible(await pass.save({ ...written, link }), { dispatch, link }, pass);
}

/** A look that fails says nothing of the start before it. */
async function lookIfPossible(
  run: WorkflowRunRecord,
  known: { dispatch: RunDispatch; link: RunLink },
  pass: RunPass,
): Promise<WorkflowRunRecord> {
  try {
    return await look(run, known, pass);
  } catch (error) {
    if (error instanceof TerminalError || error instanceof TransientError) {
      return run;
    }
    throw error;
  }
}

/** What was written of a request that a limit stopped is taken back: it is no run that might be there. */
async function startOrTakeBack(
  before: WorkflowRunRecord,
  dispatch: RunDispatch,
  pass: RunPass,
): Promise<RunLink | undefined> {
  try {
    return await pass.workflows.start(placeOf(pass.record, dispatch.repository), dispatch);
  } catch (error) {
    if (error instanceof TransientError && error.retryAfterSeconds !== undefined) {
      await pass.save(before);
    }
    throw error;
  }
}

/** The run whose id was never heard, as it was found; undefined when it was not. */
export async function search(
  run: WorkflowRunRecord,
  { at, repository, workflow, correlationId, traceable }: RunDispatch,
  pass: RunPass,
): Promise<WorkflowRunRecord | undefined> {
  const since = new Date(at.getTime() - CLOCK_SLACK_MS);
  const place = placeOf(pass.record, repository);
  const found = traceable ? await pass.workflows.find(place, { workflow, since, correlationId }) : undefined;
  return found && (await pass.save(seen(run, found, pass)));
}

async function giveUp(run: WorkflowRunRecord, dispatch: RunDispatch, pass: RunPass): Promise<WorkflowRunRecord> {
  const now = pass.clock.now();
  if (isBeingSearched(dispatch.at, now)) {
    return run;
  }
  if (dispatch.traceable && !dispatch.accepted && dispatch.sent < MOST_SENT) {
    return await begin(run, { ...dispatch, at: now, sent: dispatch.sent + 1 }, pass);
  }
  return await end(run, { conclusion: 'not-started', message: unknownRun(dispatch) }, pass);
}

function unknownRun({ workflow, traceable, accepted }: RunDispatch): string {
  const said = accepted
    ? `GitHub took the request to start \`${workflow}\``
    : `GitHub did not say whether it started \`${workflow}\``;
  const remedy = traceable
    ? 'no run of it has the id of this request in its name: its `run-name` must show the input `correlation_id` in every case.'
    : 'its runs do not show which request they belong to: give it an input `correlation_id` that stands in its `run-name`.';
  return `${said}, and ${remedy} Look under Actions before you ask again.`;
}

async function look(
  run: WorkflowRunRecord,
  { dispatch, link }: { dispatch: RunDispatch; link: RunLink },
  pass: RunPass,
): Promise<WorkflowRunRecord> {
  const facts = await pass.workflows.run(placeOf(pass.record, dispatch.repository), link.id);
  if (facts) {
    return await pass.save(seen(run, facts, pass));
  }
  return isBeingSearched(dispatch.at, pass.clock.now())
    ? run
    : await end(run, { conclusion: 'cancelled', message: 'The run is no longer on GitHub.' }, pass);
}

function seen(run: WorkflowRunRecord, { link, state, conclusion }: RunFacts, { clock }: RunPass): WorkflowRunRecord {
  const now = clock.now();
  return {
    ...run,
    link,
    startedAt: run.startedAt ?? (state === 'queued' ? null : now),
    ...(state === 'ended' && { endedAt: now, conclusion }),
  };
}

export async function end(
  run: WorkflowRunRecord,
  { conclusion, message }: { conclusion: RunConclusion; message: string },
  { clock, save }: Pick<RunPass, 'clock' | 'save'>,
): Promise<WorkflowRunRecord> {
  return await save({ ...run, endedAt: clock.now(), conclusion, message });
}
