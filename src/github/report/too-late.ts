import type { ReplyMessage } from '../../reconcile/reply.ts';
import { code, phrase } from './markdown.ts';
import { shortSha } from './words.ts';

type Message<K extends ReplyMessage['kind']> = Extract<ReplyMessage, { kind: K }>;
type TooLate = Message<'moved' | 'overtaken' | 'given-up'>;

export function isTooLate(message: ReplyMessage): message is TooLate {
  return message.kind === 'moved' || message.kind === 'overtaken' || message.kind === 'given-up';
}

/** What is said where nothing comes of a command because of what happened before it could be followed. */
export function renderTooLate(message: TooLate): string {
  switch (message.kind) {
    case 'moved':
      return moved(message);
    case 'overtaken':
      return overtaken(message);
    case 'given-up':
      return givenUp(message);
  }
}

function moved({ line, meant, head }: Message<'moved'>): string {
  const why =
    meant === null
      ? `something was pushed at about the time this was written, and Mayfly cannot tell which commit was meant`
      : `this was written for ${code(shortSha(meant))}, and ${code(shortSha(head))} has been pushed since`;
  return `😕 ${code(line)}: ${why}. Nothing was done. Say it again for ${code(shortSha(head))}.`;
}

const WHY: Partial<Record<Message<'overtaken'>['reason'], string>> = {
  unlabelled: 'the label was taken off',
  asked: 'somebody had the environment destroyed',
  expired: 'the time of the environment ran out',
  moved: 'the repository was moved',
};

function overtaken({ line, reason }: Message<'overtaken'>): string {
  const why = WHY[reason] ?? 'this pull request was closed';
  return `😕 ${code(line)}: ${why} after this was written, so nothing was done. Say it again if it is still wanted.`;
}

function givenUp({ cause }: Message<'given-up'>): string {
  const why =
    cause === null
      ? 'Something went wrong in Mayfly that whoever runs it has to look at'
      : `Mayfly could not ask GitHub who may do this (${phrase(cause)})`;
  return `😕 ${why}. Nothing was done. Say it, or put the label on, again.`;
}
