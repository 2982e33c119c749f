import type { Account } from './account.ts';

export const reactionContents = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'] as const;
export type ReactionContent = (typeof reactionContents)[number];

export interface Reaction {
  readonly id: number;
  readonly content: ReactionContent;
  readonly author: Account;
  readonly createdAt: Date;
}

export interface IssueComment {
  readonly id: number;
  /** The pull request it is on. */
  readonly number: number;
  readonly author: Account;
  readonly viaApp: boolean;
  readonly createdAt: Date;
  readonly reactions: Reaction[];
  body: string;
  updatedAt: Date;
}
