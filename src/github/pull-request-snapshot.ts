import type { PullRequestSnapshot } from '../reconcile/what-is-asked.ts';

interface Side {
  readonly ref: string;
  readonly sha: string;
  /** Null when the fork was deleted. */
  readonly repo: { readonly id: number } | null;
}

/** The part of a pull request that payloads and answers agree on. */
export interface PullRequestData {
  readonly title: string;
  readonly draft?: boolean | undefined;
  /** Null when the account was deleted. */
  readonly user: { readonly login: string; readonly type?: string } | null;
  readonly head: Side;
  readonly base: Side;
}

/** As GitHub shows what belonged to a deleted account. */
const NOBODY = { login: 'ghost', type: 'User' };

export function snapshotOf({ title, draft = false, user, head, base }: PullRequestData): PullRequestSnapshot {
  const { login, type } = user ?? NOBODY;
  return {
    headSha: head.sha,
    headRef: head.ref,
    baseRef: base.ref,
    title,
    fromFork: head.repo === null || head.repo.id !== base.repo?.id,
    draft,
    author: login,
    authorIsBot: type === 'Bot',
  };
}
