import type { Verdict } from '../../domain/migrations/verdict.ts';

/** What is said of a commit's migrations before they run. */
export interface PreflightReport {
  /** `unknown`: they could not be compared, and the text says why. */
  readonly relation: Verdict['relation'] | 'unknown';
  /** The source has what the commit lacks. */
  readonly isBehind: boolean;
  /** One sentence or two: what, and what to do. Names stand in code spans. */
  readonly text: string;
}
