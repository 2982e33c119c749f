import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Violation, violation } from '../truth/violation.ts';
import type { Player } from './player.ts';
import type { History } from './step.ts';

/** Real time after which a history that has not ended is one that never does. */
const LIMIT_MILLISECONDS = 300_000;

type Answer = { readonly violations: readonly Violation[] } | { readonly died: string };

/** Plays in a process of its own, so that two of them keep two cores busy, and that one that hangs can be ended. */
export function createRemotePlayer(): Player {
  let running: Promise<ChildProcess> | undefined;

  async function start(): Promise<ChildProcess> {
    const child = fork(new URL('player-process.ts', import.meta.url), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error('a process that was to play histories ended before it began');
      }),
    ]);
    return child;
  }

  async function end(): Promise<void> {
    const child = await running?.catch(() => undefined);
    running = undefined;
    if (child?.connected) {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    }
  }

  return {
    async play(history) {
      const child = await (running ??= start());
      const answer = await answerOf(child, history);
      if (answer === undefined || 'died' in answer) {
        running = undefined;
        child.kill('SIGKILL');
        return [violation(0, 'the history', answer?.died ?? 'it did not end')];
      }
      return answer.violations;
    },
    stop: end,
  };
}

/** Undefined when none comes. */
async function answerOf(child: ChildProcess, history: History): Promise<Answer | undefined> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), LIMIT_MILLISECONDS);
  const { signal } = limit;
  child.send(history);
  try {
    const [answer] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() => []),
    ]);
    return answer as Answer | undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}
