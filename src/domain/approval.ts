import type { Intent } from './intent.ts';

/** Somebody's word that one commit may run. It is for that very commit, into that very branch, and for no other. */
export interface Approval {
  /** Forty hexadecimal digits. */
  readonly sha: string;
  /** Its author may turn a pull request towards another branch, whose blueprint gives other rights. */
  readonly baseRef: string;
  /** The login of whoever read it. */
  readonly by: string;
  readonly at: Date;
}

/** Why a commit does not run by itself. */
export type Hold = { readonly kind: 'fork' } | { readonly kind: 'bot'; readonly login: string };

type Head = Pick<Intent, 'headSha' | 'baseRef' | 'fromFork' | 'pushedByBot'>;

/**
 * What keeps the head from running; undefined when nothing does. An approval holds whenever that commit is the head,
 * however often the branch was elsewhere in between: what was read is what runs.
 */
export function holdOf(head: Head, approvals: readonly Approval[]): Hold | undefined {
  const hold = holdWithoutApproval(head);
  return hold && approvals.some((approval) => isFor(approval, head)) ? undefined : hold;
}

function holdWithoutApproval({ fromFork, pushedByBot }: Head): Hold | undefined {
  if (fromFork) {
    return { kind: 'fork' };
  }
  return pushedByBot === null ? undefined : { kind: 'bot', login: pushedByBot };
}

function isFor({ sha, baseRef }: Approval, head: Head): boolean {
  return sha === head.headSha && baseRef === head.baseRef;
}

/** The line that approves a commit. */
export function approvalLine(sha: string): string {
  return `/ephemeral approve ${sha}`;
}

/** Why what was written after `approve` approves nothing. */
export type ApprovalProblem =
  /** The commits are the repository's own, and a person's. */
  | 'not-needed'
  /** No commit was named. */
  | 'no-commit'
  /** Only its beginning was. */
  | 'abbreviated'
  /** Another commit than the head. */
  | 'other-commit';

/**
 * What is wrong with approving the head by this word; undefined when nothing is. The commit has to be written whole: two
 * commits that begin alike are made in seconds, and one could take the other's place after it was read.
 */
export function approvalProblem(word: string | null, head: Head): ApprovalProblem | undefined {
  if (!holdWithoutApproval(head)) {
    return 'not-needed';
  }
  const sha = word?.toLowerCase() ?? '';
  if (!/^[0-9a-f]{7,40}$/.test(sha)) {
    return 'no-commit';
  }
  if (!head.headSha.startsWith(sha)) {
    return 'other-commit';
  }
  return sha.length === 40 ? undefined : 'abbreviated';
}
