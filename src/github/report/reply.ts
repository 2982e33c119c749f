import { COMMANDS } from '../../domain/command.ts';
import { formatDuration } from '../../domain/duration.ts';
import { formatInstant, formatRelative } from '../../domain/instant.ts';
import type { ReplyMessage } from '../../reconcile/reply.ts';
import { code, fence, phrase, prose, shortened, table } from './markdown.ts';
import { isAboutPermission, renderPermissionMessage } from './permission-message.ts';
import { isAboutTests, renderTestMessage } from './test-message.ts';
import { isTooLate, renderTooLate } from './too-late.ts';

/** Finds the answer to one comment again, or the one to whoever asked without a comment; hidden from readers. */
export function replyMarker(commentId: number | null): string {
  return `<!-- mayfly:reply:${commentId ?? 'label'} -->`;
}

/** One comment that says all messages, each once. */
export function renderReply(commentId: number | null, messages: readonly ReplyMessage[]): string {
  const said = [...new Set(messages.map(renderMessage))];
  return [replyMarker(commentId), ...said].join('\n\n').slice(0, 65_000);
}

function renderMessage(message: ReplyMessage): string {
  if (isTooLate(message)) {
    return renderTooLate(message);
  }
  if (isAboutTests(message)) {
    return renderTestMessage(message);
  }
  if (isAboutPermission(message)) {
    return renderPermissionMessage(message);
  }
  switch (message.kind) {
    case 'help':
      return help();
    case 'problem':
      return problem(message);
    case 'extended':
      return extended(message);
    case 'life-extended':
      return lifeExtended(message);
    case 'no-environment':
      return noEnvironment(message);
    case 'status':
      return message.text.map(phrase).join('  \n');
    case 'logs':
      return logs(message);
    case 'unknown-service':
      return unknownService(message);
  }
}

function logs({ service, lines }: Extract<ReplyMessage, { kind: 'logs' }>): string {
  return lines.length === 0
    ? `${code(service)} has written nothing yet.`
    : `The last lines of ${code(service)}:\n${fence(lines)}`;
}

function problem({ line, problem: what, example }: Extract<ReplyMessage, { kind: 'problem' }>): string {
  const sentence = /[.?!]$/.test(what) ? what : `${what}.`;
  const remedy = example === null ? '' : ` For example: ${code(example)}`;
  return `😕 ${code(shortened(line, 100))}: ${phrase(sentence)}${remedy}`;
}

/** True of a closed pull request as well, where neither the label nor a command helps. */
function noEnvironment({ label, leaving }: Extract<ReplyMessage, { kind: 'no-environment' }>): string {
  return leaving
    ? 'The environment is being removed already. While the pull request is open, `/ephemeral create` has it back.'
    : `There is no environment here. While the pull request is open, the label ${code(label)} or \`/ephemeral create\` makes one.`;
}

function help(): string {
  const rows = COMMANDS.map(({ example, does }) => [code(example), phrase(does)]);
  return `What can be said here, at the beginning of a line:\n\n${table(['Command', 'What it does'], rows)}`;
}

function extended(message: Extract<ReplyMessage, { kind: 'extended' }>): string {
  const { expiresAt, now, adds } = message;
  const cost = adds === undefined ? '' : ` That adds ${prose(adds)}.`;
  return `⏰ It expires **${formatInstant(expiresAt)}** (${formatRelative(now, expiresAt)}).${cost}${capSentences(message)}`;
}

function lifeExtended(message: Extract<ReplyMessage, { kind: 'life-extended' }>): string {
  const life = formatDuration(message.lifeSeconds);
  return `⏰ It waits for a slot, and its time does not run yet: it lives **${life}** from when it gets one.${capSentences(message)}`;
}

/** Empty when all was given that was asked for. */
function capSentences(given: { capped: boolean; capSeconds: number; capFromBlueprint?: boolean }): string {
  if (!given.capped) {
    return '';
  }
  const whoCan = given.capFromBlueprint
    ? "`limits.maxTtl` in this pull request's blueprint says so, and a commit can raise it."
    : 'Whoever runs Mayfly can raise that.';
  return ` That is less than was asked for: an environment lives ${formatDuration(given.capSeconds)} at most, counted from when it was made. ${whoCan}`;
}

function unknownService({ service, known }: Extract<ReplyMessage, { kind: 'unknown-service' }>): string {
  const there = [...known].sort().map(code);
  const list = there.length === 1 ? `The only one is ${there[0]}.` : `There are ${there.join(', ')}.`;
  return `😕 There is no service ${code(service)} here.${there.length === 0 ? '' : ` ${list}`}`;
}
