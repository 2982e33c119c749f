import type { PullRequestSnapshot } from '../reconcile/intake.ts';

interface Side {
  readonly ref: string;
  readonly sha: string;
  /** Null when the fork was deleted. */
  readonly repo: { readonly id: number } | null;
}

/** The part of a pull request that payloads and answers agree on. */
export interface PullRequestData {
  readonly title: string;
  readonly head: Side;
  readonly base: Side;
}

export function snapshotOf({ title, head, base }: PullRequestData): PullRequestSnapshot {
  return {
    headSha: head.sha,
    headRef: head.ref,
    baseRef: base.ref,
    title,
    fromFork: head.repo === null || head.repo.id !== base.repo?.id,
  };
}
