import type { StepReport } from '../../reconcile/reporter.ts';

/**
 * Seconds that steps usually take (aws.md, section 8), for the steps that follow each other on the way up. A step's key
 * begins with its kind; steps of one kind run side by side.
 */
const TYPICAL_SECONDS: ReadonlyMap<string, number> = new Map([
  ['clone-cluster', 120],
  ['clone-instance', 300],
  ['database-credentials', 20],
  ['one-off-task', 90],
  ['service', 10],
  ['rollout', 120],
  ['target-health', 30],
  ['smoke', 10],
]);

/**
 * Whole minutes until the environment is probably ready; undefined when nothing can be said, as while an image is being
 * built, which takes as long as somebody else's workflow takes.
 */
export function minutesLeft(steps: readonly StepReport[], now: Date): number | undefined {
  const open = steps.filter(({ state }) => state !== 'done');
  if (open.length === 0 || open.some(({ key, state }) => state === 'failed' || kindOf(key) === 'image')) {
    return undefined;
  }
  let seconds = 0;
  for (const [kind, typical] of TYPICAL_SECONDS) {
    const left = open.filter(({ key }) => kindOf(key) === kind).map((step) => secondsLeft(step, typical, now));
    seconds += Math.max(0, ...left);
  }
  return seconds === 0 ? undefined : Math.ceil(seconds / 60);
}

function secondsLeft({ state, startedAt }: StepReport, typical: number, now: Date): number {
  if (state !== 'running' || !startedAt) {
    return typical;
  }
  return Math.max(0, typical - (now.getTime() - startedAt.getTime()) / 1000);
}

function kindOf(key: string): string {
  return key.split('/')[0] ?? key;
}
