import type { ReplyMessage } from '../../reconcile/reply.ts';
import { code, phrase } from './markdown.ts';
import { runLink } from './run-link.ts';
import { suiteCheckName } from './suite-check.ts';
import { shortSha } from './words.ts';

type Message<K extends ReplyMessage['kind']> = Extract<ReplyMessage, { kind: K }>;
type TestMessage = Message<'test' | 'not-ready' | 'unknown-suite' | 'not-for-forks'>;

const KINDS: readonly ReplyMessage['kind'][] = ['test', 'not-ready', 'unknown-suite', 'not-for-forks'];

export function isAboutTests(message: ReplyMessage): message is TestMessage {
  return KINDS.includes(message.kind);
}

/** What is said of `/ephemeral test`. */
export function renderTestMessage(message: TestMessage): string {
  switch (message.kind) {
    case 'unknown-suite':
      return unknownSuite(message);
    case 'not-for-forks':
      return `😕 ${code(message.suite)} is not run: a workflow has this repository's secrets, and the commit is a fork's. Somebody with write permission can push the same commit to a branch of this repository, and open a pull request from there.`;
    case 'not-ready':
      return notReady(message);
    case 'test':
      return test(message);
  }
}

function notReady({ suite, standing }: Message<'not-ready'>): string {
  const lines = standing.map((line) => phrase(line ?? ''));
  return `😕 ${code(suite)} is run against an environment that is ready. ${lines.join(' ')} Ask again once it is.`;
}

function unknownSuite({ suite, known, meant }: Message<'unknown-suite'>): string {
  const unknown = `😕 There is no suite ${code(suite)} in this pull request's blueprint`;
  if (meant !== null) {
    return `${unknown}: did you mean ${code(meant)}? For example: ${code(`/ephemeral test ${meant}`)}`;
  }
  const there = [...known].sort().map(code).join(', ');
  return there === '' ? `${unknown}, which names none.` : `${unknown}. There are ${there}.`;
}

function test({ suite, sha, already, link }: Message<'test'>): string {
  const place = `its progress stands in the check run ${code(suiteCheckName(suite))}`;
  const at = `${code(suite)} at ${code(shortSha(sha))}`;
  if (already) {
    return `🧪 ${at} was asked for already${link ? ` (${runLink(link)})` : ''}: ${place}.`;
  }
  return `🧪 ${at} is being started: ${place}.`;
}
