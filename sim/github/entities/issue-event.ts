import type { Account } from './account.ts';

/** What happened to a pull request, as its page tells it between the comments. Of GitHub's many kinds, these. */
export interface IssueEvent {
  readonly id: number;
  readonly event: 'labeled' | 'unlabeled' | 'closed' | 'reopened' | 'merged';
  readonly actor: Account;
  readonly at: Date;
  /** The label's, as it was called then. */
  readonly label: { readonly name: string; readonly color: string } | undefined;
}
