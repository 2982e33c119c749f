import { COMMANDS } from '../../domain/command.ts';
import { formatDuration } from '../../domain/duration.ts';
import { formatInstant, formatRelative } from '../../domain/instant.ts';
import type { ReplyMessage } from '../../reconcile/reply.ts';
import { code, fence, phrase, shortened, table } from './markdown.ts';

/** Finds the answer to one comment again; hidden from readers. */
export function replyMarker(commentId: number): string {
  return `<!-- mayfly:reply:${commentId} -->`;
}

/** One comment that says all messages, each once. */
export function renderReply(commentId: number, messages: readonly ReplyMessage[]): string {
  const said = [...new Set(messages.map(renderMessage))];
  return [replyMarker(commentId), ...said].join('\n\n').slice(0, 65_000);
}

function renderMessage(message: ReplyMessage): string {
  switch (message.kind) {
    case 'help':
      return help();
    case 'problem':
      return problem(message);
    case 'extended':
      return extended(message);
    case 'no-environment':
      return `There is no environment here. Add the label ${code(message.label)} or say \`/ephemeral create\`.`;
    case 'not-allowed':
      return `${code(message.login)} may not do that: it takes ${code(message.needed)} permission on this repository. Somebody who has it can say the same.`;
    case 'status':
      return message.text.map(phrase).join('  \n');
    case 'logs':
      return message.lines.length === 0
        ? `${code(message.service)} has written nothing yet.`
        : `The last lines of ${code(message.service)}:\n${fence(message.lines)}`;
    case 'unknown-service':
      return unknownService(message);
  }
}

function problem({ line, problem: what, example }: Extract<ReplyMessage, { kind: 'problem' }>): string {
  const sentence = /[.?!]$/.test(what) ? what : `${what}.`;
  return `😕 ${code(shortened(line, 100))}: ${phrase(sentence)} For example: ${code(example)}`;
}

function help(): string {
  // Suites come with the workflows that run them; until then the command only says so.
  const rows = COMMANDS.filter(({ name }) => name !== 'test').map(({ example, does }) => [code(example), phrase(does)]);
  return `What can be said here, at the beginning of a line:\n\n${table(['Command', 'What it does'], rows)}`;
}

function extended({ expiresAt, now, capped, capSeconds }: Extract<ReplyMessage, { kind: 'extended' }>): string {
  const until = `⏰ It expires **${formatInstant(expiresAt)}** (${formatRelative(now, expiresAt)}).`;
  return capped
    ? `${until} That is less than was asked for: an environment lives ${formatDuration(capSeconds)} at most, counted from when it was made. Whoever runs Mayfly can raise that.`
    : until;
}

function unknownService({ service, known }: Extract<ReplyMessage, { kind: 'unknown-service' }>): string {
  const list = [...known].sort().map(code).join(', ');
  return `😕 There is no service ${code(service)}${list === '' ? '' : `: there are ${list}`}.`;
}
