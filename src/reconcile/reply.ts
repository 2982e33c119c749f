import type { ApprovalProblem } from '../domain/approval.ts';
import type { PullRequestRef } from '../domain/environment.ts';
import type { ReleaseReason } from '../domain/intent.ts';
import type { RateLimit } from '../domain/rate-limit.ts';
import type { RunLink } from './workflow-run.ts';

/** What a reply says; the words are the forge adapter's. All strings are data, never markup. */
export type ReplyMessage =
  | { readonly kind: 'help' }
  /** A line that cannot be followed, with an example of one that can; null where no other line would do better. */
  | { readonly kind: 'problem'; readonly line: string; readonly problem: string; readonly example: string | null }
  | {
      readonly kind: 'extended';
      readonly expiresAt: Date;
      readonly now: Date;
      readonly capped: boolean;
      readonly capSeconds: number;
      /** True when it is the blueprint's own cap, which its author can raise; otherwise it is the platform's. */
      readonly capFromBlueprint?: boolean;
      /** By how much later it expires than before. */
      readonly addedSeconds?: number;
      /** What that comes to, in words: `about £9.30`. Worked out when the reply is sent, where anything is known of it. */
      readonly adds?: string;
    }
  /** It waits for a slot: how long it is to live from when it has one. */
  | {
      readonly kind: 'life-extended';
      readonly lifeSeconds: number;
      readonly capped: boolean;
      readonly capSeconds: number;
      readonly capFromBlueprint: boolean;
    }
  /** `leaving`: there is one still, and it is being removed. */
  | { readonly kind: 'no-environment'; readonly label: string; readonly leaving?: boolean }
  /** `label`: it was by the label that somebody asked. */
  | { readonly kind: 'not-allowed'; readonly login: string; readonly needed: string; readonly label?: string }
  /** What was asked for is about a commit that is not the head any more. `meant` is null where nothing tells which it was. */
  | { readonly kind: 'moved'; readonly line: string; readonly meant: string | null; readonly head: string }
  /** The pull request let go of its environment after this was asked for, and before it was read. */
  | { readonly kind: 'overtaken'; readonly line: string; readonly reason: ReleaseReason }
  /** GitHub could not be asked whether somebody may. `cause` says why not; null when that is a fault of Mayfly's. */
  | { readonly kind: 'given-up'; readonly cause: string | null }
  /** `wanted`: there is an environment for it to run in. */
  | { readonly kind: 'approved'; readonly sha: string; readonly wanted: boolean; readonly label: string }
  /** `word`: what was written for the commit; `head`: what would have been right. */
  | {
      readonly kind: 'approval-refused';
      readonly problem: ApprovalProblem;
      readonly word: string | null;
      readonly head: string;
    }
  /** Too much was asked, by this person or in this repository. */
  | {
      readonly kind: 'too-many';
      readonly whose: 'yours' | 'repository';
      readonly limit: RateLimit;
      readonly until: Date;
    }
  | { readonly kind: 'status'; readonly text: readonly string[] }
  | { readonly kind: 'logs'; readonly service: string; readonly lines: readonly string[] }
  | { readonly kind: 'unknown-service'; readonly service: string; readonly known: readonly string[] }
  /** `meant`: the known suite that is nearest to what was written. */
  | {
      readonly kind: 'unknown-suite';
      readonly suite: string;
      readonly known: readonly string[];
      readonly meant: string | null;
    }
  /** A suite that cannot be run yet; `standing` says where the environment stands instead. */
  | { readonly kind: 'not-ready'; readonly suite: string; readonly standing: readonly (string | undefined)[] }
  /** Suites are not run for a fork's commit. */
  | { readonly kind: 'not-for-forks'; readonly suite: string }
  /** A suite that is run at `sha`; `already`: somebody asked before, and this is the same run. */
  | {
      readonly kind: 'test';
      readonly suite: string;
      readonly sha: string;
      readonly already: boolean;
      readonly link: RunLink | null;
    };

/** Messages that say that nothing comes of what was asked. */
const REFUSALS: readonly (ReplyMessage | ReplyQuestion)['kind'][] = [
  'problem',
  'no-environment',
  'not-allowed',
  'moved',
  'overtaken',
  'given-up',
  'unknown-service',
  'unknown-suite',
  'not-ready',
  'not-for-forks',
  'approval-refused',
  'too-many',
];

export function isRefusal({ kind }: ReplyMessage | ReplyQuestion): boolean {
  return REFUSALS.includes(kind);
}

/** What is to be worked out when the reply is sent, because it needs AWS or the newest state. */
export type ReplyQuestion =
  | { readonly kind: 'status' }
  | { readonly kind: 'database-status' }
  | { readonly kind: 'logs'; readonly service: string };

/** One answer to one comment, or to whatever else was asked by a label: that is answered once on a pull request. */
export interface ReplyJob {
  readonly pullRequest: PullRequestRef;
  readonly installationId: number;
  /** Null when it is not a comment that is answered; then there is nothing to react to. */
  readonly commentId: number | null;
  /** `eyes` when it was heard, then how it ended. */
  readonly reaction: 'eyes' | 'rocket' | 'confused';
  readonly messages: readonly (ReplyMessage | ReplyQuestion)[];
}

/** Sends a reply that has been worked out. Reactions and the reply of one comment are made once however often this is called. */
export interface Replier {
  send(job: Omit<ReplyJob, 'messages'> & { readonly messages: readonly ReplyMessage[] }): Promise<void>;
}

/** The last log lines of a service or task, oldest first. */
export interface LogReader {
  tail(request: { logGroup: string; lines: number }): Promise<readonly string[]>;
}
