import type { StepReport } from '../../reconcile/reporter.ts';

/**
 * The steps that follow each other on the way up, with the seconds that they usually take (aws.md, section 8): steps of
 * one stage run side by side. A step is told by its title, so a title that changes costs the estimate and nothing else.
 */
const STAGES: readonly { readonly titles: RegExp; readonly seconds: number }[] = [
  { titles: /^Clone of the database$/, seconds: 400 },
  { titles: /^Task /, seconds: 90 },
  { titles: /^Service /, seconds: 150 },
  { titles: /^Smoke checks$/, seconds: 10 },
];
/** Somebody else's workflow takes as long as it takes. */
const UNFORESEEABLE = /^Images$/;

/**
 * Whole minutes until the environment is probably ready; undefined when nothing can be said, or when it takes longer
 * than usual.
 */
export function minutesLeft(steps: readonly StepReport[], now: Date): number | undefined {
  const open = steps.filter(({ state }) => state !== 'done');
  if (open.some(({ title, state }) => state === 'failed' || UNFORESEEABLE.test(title))) {
    return undefined;
  }
  let seconds = 0;
  let stagesAhead = false;
  for (const stage of STAGES) {
    const waiting = open.filter(({ title }) => stage.titles.test(title));
    if (waiting.length > 0) {
      // Later stages begin when the one before is over; the first that is open began when those before it ended.
      seconds += stagesAhead ? stage.seconds : Math.max(0, stage.seconds - secondsSince(beginOf(waiting, steps), now));
      stagesAhead = true;
    }
  }
  return seconds === 0 ? undefined : Math.ceil(seconds / 60);
}

/** When the stage at hand could begin: not before its first step was asked for, nor before what is done was done. */
function beginOf(waiting: readonly StepReport[], steps: readonly StepReport[]): number {
  const asked = waiting.flatMap(({ startedAt }) => (startedAt ? [startedAt.getTime()] : []));
  const earlier = steps.flatMap(({ endedAt, state, title }) =>
    state === 'done' && endedAt && STAGES.some(({ titles }) => titles.test(title)) ? [endedAt.getTime()] : [],
  );
  return asked.length === 0 ? Number.POSITIVE_INFINITY : Math.max(Math.min(...asked), ...earlier);
}

function secondsSince(begin: number, now: Date): number {
  return Math.max(0, (now.getTime() - begin) / 1000);
}
