import { type ApprovalProblem, approvalLine } from '../../domain/approval.ts';
import { formatDuration } from '../../domain/duration.ts';
import { formatInstant } from '../../domain/instant.ts';
import type { ReplyMessage } from '../../reconcile/reply.ts';
import { code, shortened } from './markdown.ts';
import { shortSha } from './words.ts';

type Message<K extends ReplyMessage['kind']> = Extract<ReplyMessage, { kind: K }>;

type PermissionMessage = Message<'not-allowed' | 'too-many' | 'approved' | 'approval-refused'>;

const KINDS: readonly ReplyMessage['kind'][] = ['not-allowed', 'too-many', 'approved', 'approval-refused'];

export function isAboutPermission(message: ReplyMessage): message is PermissionMessage {
  return KINDS.includes(message.kind);
}

/** What is said of who may do what, and how much of it. */
export function renderPermissionMessage(message: PermissionMessage): string {
  switch (message.kind) {
    case 'not-allowed':
      return notAllowed(message);
    case 'too-many':
      return tooMany(message);
    case 'approved':
      return approved(message);
    case 'approval-refused':
      return refused(message);
  }
}

function notAllowed({ login, needed, label }: Message<'not-allowed'>): string {
  const permission = `it takes ${code(needed)} permission on this repository. Somebody who has it can`;
  return label === undefined
    ? `${code(login)} may not do that: ${permission} say the same.`
    : `${code(login)} may not ask for an environment: ${permission} take the label ${code(label)} off and add it again, or say \`/ephemeral create\`.`;
}

function tooMany({ whose, limit, until }: Message<'too-many'>): string {
  const who = whose === 'yours' ? 'You have' : 'People have';
  const where = whose === 'yours' ? '' : ' in this repository';
  // A minute is as exact as an instant is written.
  const minute = new Date(Math.ceil(until.getTime() / 60_000) * 60_000);
  return `🐢 ${who} asked for ${limit.asks} things in ${formatDuration(limit.seconds)}${where}, and that is the limit: nothing came of this. Say it again after ${formatInstant(minute)}. Removing is never limited.`;
}

function approved({ sha, wanted, label }: Message<'approved'>): string {
  const next = wanted
    ? 'It is deployed now.'
    : `There is no environment for it yet: the label ${code(label)} or \`/ephemeral create\` makes one.`;
  return `✅ ${code(shortSha(sha))} is approved, that commit and no other. ${next}`;
}

const WORDS: Readonly<Record<Exclude<ApprovalProblem, 'not-needed'>, string>> = {
  'no-commit': 'An approval names one commit, with all of its forty digits.',
  abbreviated: 'That is the head, and not written whole. Two commits that begin alike are made in seconds.',
  'other-commit': 'That is not the head of this pull request: an approval is for the commit that was read.',
};

function refused({ problem, word, head }: Message<'approval-refused'>): string {
  const line = code(shortened(`/ephemeral approve ${word ?? ''}`.trim(), 100));
  if (problem === 'not-needed') {
    return `😕 ${line}: nothing here waits for approval. The commits are on a branch of this repository, and a person pushed them.`;
  }
  return `😕 ${line}: ${WORDS[problem]} The head is ${code(head)}. Once you have read it: ${code(approvalLine(head))}`;
}
