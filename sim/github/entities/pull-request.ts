import type { Account } from './account.ts';
import type { Repository } from './repository.ts';

export interface PullRequest {
  readonly id: number;
  readonly number: number;
  readonly author: Account;
  readonly createdAt: Date;
  readonly base: { ref: string; sha: string };
  /** `repository` is another one than the pull request's own when it comes from a fork. */
  readonly head: { readonly repository: Repository; readonly ref: string; sha: string };
  title: string;
  body: string | undefined;
  state: 'open' | 'closed';
  draft: boolean;
  /** Names, in the order they were added. */
  labels: string[];
  updatedAt: Date;
  closedAt: Date | undefined;
  merge: { readonly at: Date; readonly by: Account; readonly sha: string } | undefined;
}
