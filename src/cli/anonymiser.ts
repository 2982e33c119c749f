import type { Checked } from '../data/anonymiser.ts';
import type { RunOrder } from '../data/mask-database.ts';
import type { Proposal } from '../data/propose/suggestion.ts';
import type { RuleSet } from '../data/rules/rule-set.ts';
import type { Aborted } from '../data/run/abort-run.ts';
import type { SignedPassport } from '../domain/passport.ts';
import type { Progress } from './progress-lines.ts';

/** One database, and what can be done with it. Throws `TransientError` and `TerminalError`. */
export interface Anonymiser {
  /** Compares the rules with the schema that the server tells; changes nothing. */
  check(ruleSet: RuleSet): Promise<Checked>;
  /**
   * Masks, verifies and signs. One that was interrupted is gone on with; one whose rules do not cover the schema changes
   * nothing and throws. Once `order.signal` is aborted, which it may be from the start, it commits what is in hand and
   * rejects, with anything but a `TerminalError`.
   */
  run(order: RunOrder, progress: (progress: Progress) => void): Promise<SignedPassport>;
  /**
   * Gives an interrupted run up: its rows and triggers are put back, what is masked stays masked, and nothing is left of
   * the run. Undefined when there is none. May be called again, when it failed or `signal` was aborted.
   */
  abort(signal: AbortSignal): Promise<Aborted | undefined>;
  /** A rule file for this database, for a person to review. */
  propose(): Promise<Proposal>;
  /** May be called at any time, and twice. */
  close(): Promise<void>;
}
