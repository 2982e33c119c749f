import type { EnvironmentOwner } from '../../domain/environment.ts';

/** What became of one environment that was not simply live. */
export interface ReapedEnvironment {
  readonly owner: EnvironmentOwner;
  /**
   * `cleared`: nothing of it is left. `going`: a later run goes on. `expired`: it would have gone, had this been no dry run.
   */
  readonly outcome: 'cleared' | 'going' | 'expired' | 'protected' | 'unreadable';
  readonly expiresAt: Date | null;
  /** Everything that was found of it, as people know it. */
  readonly found: readonly string[];
  /** What is still there, and why; of one that is kept, what keeps it. */
  readonly left: readonly Left[];
  /** What carries its tags and has to be removed by hand, if it is there. */
  readonly others: readonly string[];
}

export interface Left {
  readonly what: string;
  readonly why: string;
  /** Nothing comes of waiting: somebody has to act. */
  readonly needsSomebody: boolean;
}

export interface ReapReport {
  readonly at: Date;
  readonly dryRun: boolean;
  /** How many environments there were, the live ones included. */
  readonly seen: number;
  readonly environments: readonly ReapedEnvironment[];
}

/** Whether somebody has to see to it that a run does what this one could not. */
export function hasFailed({ environments }: ReapReport): boolean {
  return environments.some(({ outcome, left }) => outcome === 'going' && left.some((one) => one.needsSomebody));
}
