import type { PullRequestRef } from '../domain/environment.ts';
import type { ReleaseReason } from '../domain/intent.ts';

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

/**
 * Who made the snapshot's commit the head: somebody whose word counts, which includes asking for that commit now; a bot
 * that is not listed; or it is not known, as when the title is changed, and then the commit is none to go by.
 */
export type Push =
  | { readonly by: 'person' }
  | { readonly by: 'bot'; readonly login: string }
  | { readonly by: 'unknown' };

/** One thing that is asked of an environment. */
export type Ask =
  /** `commanded`: by a command, which needs no label. */
  | { readonly kind: 'want'; readonly snapshot: PullRequestSnapshot; readonly commanded?: true }
  /** Something about it changed; nothing happens unless an environment is wanted. */
  | { readonly kind: 'follow'; readonly snapshot: PullRequestSnapshot; readonly push: Push }
  /** Somebody with write permission says that this commit may run; as it was written, null when nothing was. */
  | { readonly kind: 'approve'; readonly sha: string | null; readonly snapshot: PullRequestSnapshot }
  | { readonly kind: 'release'; readonly reason: ReleaseReason }
  | { readonly kind: 'extend'; readonly bySeconds: number }
  /** `sha`: the commit that it was asked for. Where another is wanted by now, nothing is deployed. */
  | { readonly kind: 'redeploy'; readonly sha: string }
  /** `sha`: the commit that it was asked for; null for whichever is served. */
  | { readonly kind: 'test'; readonly suite: string; readonly sha: string | null }
  /** A fresh clone in place of the present one. */
  | { readonly kind: 'reset-database' }
  /** Look at it again: something changed that only a look can tell. */
  | { readonly kind: 'look' };

/** Who asks, and for which pull request. */
export interface Asker {
  readonly installationId: number;
  readonly pullRequest: PullRequestRef;
  /** The login of whoever caused the event. */
  readonly actor: string;
}
