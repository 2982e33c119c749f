import type { Checked } from '../data/anonymiser.ts';
import type { Proposal } from '../data/propose/suggestion.ts';
import type { RuleSet } from '../data/rules/rule-set.ts';
import type { Aborted } from '../data/run/abort-run.ts';
import type { SignedPassport } from '../domain/passport.ts';
import type { SignedShape } from '../domain/source-shape.ts';
import type { Progress } from './progress-lines.ts';

/** One database, and what can be done with it. Throws `TransientError` and `TerminalError`. */
export interface Anonymiser {
  /** Compares the rules with the schema that the server tells; changes nothing. */
  check(ruleSet: RuleSet): Promise<Checked>;
  /**
   * Masks, verifies and signs. One that was interrupted is gone on with; one whose rules do not cover the schema changes
   * nothing and throws. Once `options.signal` is aborted, which it may be from the start, it commits what is in hand and
   * rejects, with anything but a `TerminalError`.
   */
  run(options: RunOptions, progress: (progress: Progress) => void): Promise<SignedPassport>;
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

export interface RunOptions {
  readonly ruleSet: RuleSet;
  readonly digest: string;
  /** Of the masks; at least 32 characters. */
  readonly key: string;
  /** PEM, Ed25519. */
  readonly signingKey: string;
  /** Connections at a time; undefined: as many as the anonymiser thinks right. So is the next. */
  readonly workers: number | undefined;
  readonly chunkRows: number | undefined;
  /** The day from which years are counted back, `2026-11-26`; undefined: that of the run that is gone on with, else today. */
  readonly asOf: string | undefined;
  /** For the passport: where the data came from, and when it was taken there, RFC 3339. */
  readonly source: string;
  readonly takenAt: string | null;
  readonly signal: AbortSignal;
  /**
   * Puts the passport where it is wanted, and the source's shape where that could be told, before the run counts as over: when that fails, or the process dies first, the
   * same call comes back to it and masks nothing twice.
   */
  readonly deliver: (signed: SignedPassport, shape: SignedShape | undefined) => Promise<void>;
}
