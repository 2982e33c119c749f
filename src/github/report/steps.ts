import { formatDuration } from '../../domain/duration.ts';
import type { EnvironmentReport, StepReport } from '../../reconcile/reporter.ts';
import { details, phrase, prose, table } from './markdown.ts';
import { runLink } from './run-link.ts';

/** What is done, what happens now and what it waits for, and what comes next. Changes only when a step does. */
export function stepList(steps: readonly StepReport[]): string {
  const titles = (state: StepReport['state']): string =>
    steps
      .filter((step) => step.state === state)
      .map(({ title }) => prose(title))
      .join(', ');
  const done = steps.filter(({ state }) => state === 'done').length;
  const lines = [
    done > 0 ? `- ✅ **Done** (${done} of ${steps.length}): ${titles('done')}` : '',
    ...steps.filter(({ state }) => state === 'failed').map(({ title }) => `- ❌ **Failed**: ${prose(title)}`),
    ...steps.filter(({ state }) => state === 'running').map(runningLine),
    steps.some(({ state }) => state === 'waiting') ? `- ▫️ **Next**: ${titles('waiting')}` : '',
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function runningLine({ title, waitingFor, building }: StepReport): string {
  if (building) {
    return `- ⏳ **Now**: ${prose(title)}: ${phrase(waitingFor)} is being built: ${runLink(building)}`;
  }
  return `- ⏳ **Now**: ${prose(title)}${waitingFor === '' ? '' : `, waiting for ${phrase(waitingFor)}`}`;
}

/** Every step with what it took, folded. Empty when there are none. */
export function stepHistory(report: EnvironmentReport): string {
  const history = stepTable(report.steps);
  return history === '' ? '' : details(`What happened${readyIn(report)}`, history);
}

export function stepTable(steps: readonly StepReport[]): string {
  return table(
    ['Step', 'State', 'Took', 'Waited for'],
    steps.map((step) => [prose(step.title), step.state, took(step), waited(step)]),
  );
}

function waited({ waitingFor, building }: StepReport): string {
  return waitingFor === '' ? '' : `${phrase(waitingFor)}${building ? ` (${runLink(building)})` : ''}`;
}

function took({ startedAt, endedAt }: StepReport): string {
  return startedAt && endedAt ? formatDuration((endedAt.getTime() - startedAt.getTime()) / 1000) : '—';
}

/** Built by the repository's own workflow, however long that takes. */
const NOT_AWS = /^Images$/;

/**
 * ` (ready in 6 min 12 s; 5 min 58 s of it AWS)`: AWS's share is the time in which at least one step of AWS's was under
 * way. It is known only while every step is done: one that failed or runs again has no end.
 */
function readyIn({ createdAt, readyAt, steps }: EnvironmentReport): string {
  if (!readyAt || steps.some(({ state }) => state !== 'done')) {
    return '';
  }
  const total = (readyAt.getTime() - createdAt.getTime()) / 1000;
  const awsSteps = steps.filter(({ title }) => !NOT_AWS.test(title));
  const busy = busySeconds(awsSteps, { from: createdAt.getTime(), to: readyAt.getTime() });
  return ` (ready in ${formatDuration(total)}; ${formatDuration(busy)} of it AWS)`;
}

function busySeconds(steps: readonly StepReport[], { from, to }: { from: number; to: number }): number {
  const spans = steps
    .flatMap(({ startedAt, endedAt }) =>
      startedAt && endedAt ? [{ start: startedAt.getTime(), end: endedAt.getTime() }] : [],
    )
    .toSorted((a, b) => a.start - b.start);
  let covered = from;
  let busy = 0;
  for (const { start, end } of spans) {
    const begin = Math.max(start, covered);
    const finish = Math.min(end, to);
    busy += Math.max(0, finish - begin);
    covered = Math.max(covered, finish);
  }
  return busy / 1000;
}
