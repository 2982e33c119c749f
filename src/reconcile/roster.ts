import type { PullRequestRef } from '../domain/environment.ts';

/**
 * Everything that the app may see, as its installations tell it. All calls are reads. They throw `TransientError`
 * (`RateLimit` and `SecondaryRateLimit` are one installation's own trouble) and `TerminalError`.
 */
export interface Roster {
  /** Ids of the app's installations; those that are suspended see nothing and are left out. */
  installations(): Promise<readonly number[]>;
  /** Full names of the repositories that an installation may see. Archived ones, where nobody can label, are left out. */
  repositories(installationId: number): Promise<readonly string[]>;
  /** Numbers of the repository's open pull requests that carry the label. */
  labelled(at: { repository: string; installationId: number; label: string }): Promise<readonly number[]>;
  /** Whether somebody may have an environment made by labelling; asked now, by the rules that a webhook's sender is held to. */
  mayLabel(who: { person: Person; pullRequest: PullRequestRef; installationId: number }): Promise<boolean>;
}

/** Who did something on GitHub. */
export interface Person {
  readonly login: string;
  readonly isBot: boolean;
}

/** What became of the label on one pull request, by the forge's clock, to the second. */
export interface LabelHistory {
  /** The last event that asks for an environment: the label was put on, or the pull request was opened again. */
  readonly asked: { readonly eventId: number; readonly by: Person; readonly at: Date } | null;
  /** Set when the label's last event is that it was taken off. */
  readonly takenOff: { readonly by: Person; readonly at: Date } | null;
}
