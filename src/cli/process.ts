import { userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandContext } from './command.ts';
import { EXIT, Interruption } from './exit-code.ts';
import { runProgram } from './program.ts';

/**
 * The program in a process. The first SIGINT or SIGTERM asks the command to end where it can be resumed; the second is
 * Node's own and ends at once, which loses the chunk in hand and nothing else.
 */
export async function runProcess(
  process: NodeJS.Process,
  open: Pick<CommandContext, 'openAnonymiser' | 'openSourceDesk'>,
): Promise<void> {
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort(new Interruption(EXIT.onInterrupt)));
  process.once('SIGTERM', () => interruption.abort(new Interruption(EXIT.onTermination)));
  process.exitCode = await runProgram({
    args: process.argv.slice(2),
    variables: process.env,
    out: (text) => process.stdout.write(text),
    tell: (line) => process.stderr.write(`${line}\n`),
    now: () => new Date(),
    signal: interruption.signal,
    pause: async (seconds) =>
      await sleep(seconds * 1000, undefined, { signal: interruption.signal }).catch(() => undefined),
    userName,
    ...open,
  });
}

/** A container's user often stands in no file of users. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
