import type { PullRequestRef } from '../domain/environment.ts';
import type { ReleaseReason } from '../domain/intent.ts';
import type { ReplyMessage, ReplyQuestion } from './reply.ts';

/** A pull request as the event described it: what was said is bound to the commit that stood then. */
export interface PullRequestSnapshot {
  readonly headSha: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly title: string;
  readonly fromFork: boolean;
  readonly draft: boolean;
  /** The login of whoever opened it. */
  readonly author: string;
  readonly authorIsBot: boolean;
}

/** One thing that an authorised event asks for. */
export type Ask =
  /** `commanded`: by a command, which needs no label. */
  | { readonly kind: 'want'; readonly snapshot: PullRequestSnapshot; readonly commanded?: true }
  /** The head moved; nothing happens unless an environment is wanted. */
  | { readonly kind: 'follow'; readonly snapshot: PullRequestSnapshot }
  | { readonly kind: 'release'; readonly reason: ReleaseReason }
  | { readonly kind: 'extend'; readonly bySeconds: number }
  | { readonly kind: 'redeploy' }
  /** `sha`: the commit that it was asked for; null for whichever is served. */
  | { readonly kind: 'test'; readonly suite: string; readonly sha: string | null }
  /** Look at it again: something changed that only a look can tell. */
  | { readonly kind: 'look' };

export interface IntakeEvent {
  readonly deliveryId: string;
  readonly installationId: number;
  readonly pullRequest: PullRequestRef;
  /** The login of whoever caused the event. */
  readonly actor: string;
  readonly asks: readonly Ask[];
  /**
   * Set when a comment is to be answered: what is to be said apart from the outcome of the asks. `id` is null when it is a
   * label, or whatever else has no text, that is answered.
   */
  readonly comment?: {
    readonly id: number | null;
    readonly messages: readonly (ReplyMessage | ReplyQuestion)[];
    readonly understood: boolean;
  };
}

/** `duplicate`: this delivery was taken in before, and nothing was done now. */
export type IntakeOutcome = 'taken' | 'duplicate';

/**
 * Takes in what a webhook says: claims the delivery, writes what is wanted and enqueues the environment in one
 * transaction, and returns. Calls neither GitHub nor AWS. The caller has verified the signature and the actor's permission.
 */
export interface Intake {
  receive(event: IntakeEvent): Promise<IntakeOutcome>;
  /**
   * Takes in that something was said of a workflow run: whatever it was, the environments whose run it is are looked at.
   * `runId` is the forge's. Most are nobody's, and nothing happens. Hearing of it twice is harmless.
   */
  hearOfRun(runId: number): Promise<void>;
}
