import type { ReleaseReason } from '../../domain/intent.ts';
import type { EnvironmentReport, StepReport } from '../../reconcile/reporter.ts';

export const RELEASE_WORDS: Readonly<Record<ReleaseReason, string>> = {
  merged: 'merged',
  closed: 'closed',
  unlabelled: 'label removed',
  expired: 'expired',
  asked: 'asked for',
  moved: 'the repository has another name now',
};

/** `ec021a6`: as GitHub shows commits. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** Ready, and of the pull request's head: the only state that may be shown as green. */
export function servesHead({ phase, servedSha, headSha }: EnvironmentReport): boolean {
  return phase === 'ready' && servedSha === headSha;
}

/** On its way, by its phase or because what is ready is not the head's commit. */
export function isMoving(report: EnvironmentReport): boolean {
  const { phase } = report;
  return phase === 'coming-up' || phase === 'updating' || (phase === 'ready' && !servesHead(report));
}

/** There is something that can be extended, redeployed and torn down. */
export function isAlive({ phase }: EnvironmentReport): boolean {
  return phase !== 'gone' && phase !== 'going' && phase !== 'refused';
}

/**
 * It ended before anything was asked for, as when the label comes after the close, or its time ran out in the queue.
 * What was said already is put right; nothing new is said.
 */
export function endedBeforeItBegan({ phase, receipt, servedSha }: EnvironmentReport): boolean {
  return (phase === 'going' || phase === 'gone') && receipt.length === 0 && servedSha === null;
}

/** ` (2 of 7)`, counting the step in hand; empty when there are no steps. */
export function progress(steps: readonly StepReport[]): string {
  const done = steps.filter(({ state }) => state === 'done').length;
  return steps.length === 0 ? '' : ` (${Math.min(done + 1, steps.length)} of ${steps.length})`;
}
