import type { Failure } from '../graph/failing.ts';
import type { Standing } from '../graph/standing.ts';
import type { RunLink, WorkflowRunRecord } from '../workflow-run.ts';

/** How long an image may still be on its way after the run that pushed it has ended. */
const PUSH_SECONDS = 60;

/** Where a missing image stands, given the run that is to bring it. Past its deadline it is missing, whatever its build does. */
export function buildStanding(standing: Standing, run: WorkflowRunRecord, now: Date): Standing {
  const link = run.link ?? undefined;
  if (run.endedAt === null) {
    return isOverdue(standing) ? overdue(standing, run) : pending(standing, run);
  }
  const isFresh = now.getTime() - run.endedAt.getTime() < PUSH_SECONDS * 1000;
  if (run.conclusion === 'success' && isFresh && standing.state === 'pending') {
    return {
      ...standing,
      waitingFor: `image \`${run.subject}\` (its build has ended, and it is not in the registry yet)`,
    };
  }
  return failed(standing, {
    ...causeOf(run),
    actor: 'author',
    details: [],
    retriesInSeconds: null,
    ...(link && { link }),
  });
}

function isOverdue(standing: Standing): standing is Extract<Standing, { state: 'failed' }> {
  return standing.state === 'failed';
}

function overdue(standing: Extract<Standing, { state: 'failed' }>, { link }: WorkflowRunRecord): Standing {
  return { ...standing, failure: { ...standing.failure, ...(link && { link }) } };
}

function pending(standing: Standing, { subject, link }: WorkflowRunRecord): Standing {
  const outputs = standing.state === 'pending' ? standing.outputs : {};
  const image = `image \`${subject}\``;
  return link
    ? { state: 'pending', outputs, waitingFor: image, building: link }
    : { state: 'pending', outputs, waitingFor: `${image} (its build is being started)` };
}

function failed(standing: Standing, failure: Failure): Standing {
  return { state: 'failed', outputs: standing.state === 'pending' ? standing.outputs : {}, failure };
}

function causeOf(run: WorkflowRunRecord): Pick<Failure, 'reason' | 'message'> {
  const { subject, conclusion, link, message } = run;
  const name = link ? runName(link) : 'its build';
  const goesOn = 'Mayfly goes on as soon as the image is in the registry.';
  if (conclusion === 'success') {
    const remedy = 'See under which name and tag it pushed what it built.';
    return {
      reason: 'ImageNotPushed',
      message: `The image \`${subject}\` was not pushed, although ${name} succeeded. ${remedy} ${goesOn}`,
    };
  }
  if (conclusion === 'not-started') {
    const cause = `The image \`${subject}\` is missing, and its build was not started: ${message}`;
    return { reason: 'BuildNotStarted', message: cause };
  }
  const remedy = 'Its log says why; once it can succeed, run it again there.';
  return {
    reason: 'BuildFailed',
    message: `The image \`${subject}\` could not be built: ${name} ${ENDINGS[conclusion ?? 'failure']}. ${remedy} ${goesOn}`,
  };
}

const ENDINGS = {
  failure: 'failed',
  cancelled: 'was cancelled',
  'timed-out': 'took too long',
  skipped: 'was skipped',
  void: 'does not count',
} as const;

function runName({ number }: RunLink): string {
  return number === null ? 'its run' : `run #${number}`;
}
