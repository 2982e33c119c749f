import type { PullRequestFacts } from '../forge.ts';
import type { PullRequestSnapshot } from '../what-is-asked.ts';
import type { Fact, Letter } from './delivery.ts';

/** Which commit a comment was about: the one that stood when it was written. A comment's payload names none. */
export type StandingCommit =
  /** It is the head now. */
  | { readonly kind: 'stands'; readonly snapshot: PullRequestSnapshot }
  /** It was: `now` was pushed since. */
  | { readonly kind: 'moved'; readonly snapshot: PullRequestSnapshot; readonly now: PullRequestSnapshot }
  /** The head may have moved before or after: nothing tells. */
  | { readonly kind: 'unsure'; readonly now: PullRequestSnapshot }
  /** The pull request is closed, or gone. */
  | { readonly kind: 'closed' };

/**
 * Pure. `pull` is the pull request as it was read after the comment came; `since` is what was heard to have happened after
 * it was written. A push that was heard names the head that it replaced, which has to be the one that was known before it:
 * else a push was lost between them. Without one, the head that was read stood then if nothing was pushed to its repository
 * since, or if it was told of before the comment was written. That it is known since then tells nothing. Times are the
 * forge's own, to the second; within one second the order of the deliveries decides.
 */
export function standingCommit(
  { saidAt, knownHead }: Pick<Letter, 'saidAt' | 'knownHead'>,
  { pull, since }: { pull: PullRequestFacts | undefined; since: readonly Letter[] },
): StandingCommit {
  if (!pull?.open) {
    return { kind: 'closed' };
  }
  const now = snapshotOf(pull);
  const push = since.find(isPush);
  if (push) {
    const headSha = push.says.before;
    if (knownHead !== null && knownHead !== headSha) {
      return { kind: 'unsure', now };
    }
    return headSha === now.headSha
      ? { kind: 'stands', snapshot: now }
      : { kind: 'moved', snapshot: { ...now, headSha }, now };
  }
  const isQuiet = pull.pushedAt === undefined || (saidAt !== null && pull.pushedAt < saidAt);
  return isQuiet || knownHead === now.headSha ? { kind: 'stands', snapshot: now } : { kind: 'unsure', now };
}

function isPush(letter: Letter): letter is Letter<Extract<Fact, { kind: 'follow' }> & { before: string }> {
  return letter.says.kind === 'follow' && letter.says.before !== null;
}

function snapshotOf(pull: PullRequestFacts): PullRequestSnapshot {
  const { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot } = pull;
  return { headSha, headRef, baseRef, title, fromFork, draft, author, authorIsBot };
}
