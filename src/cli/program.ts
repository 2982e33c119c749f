import { TerminalError, TransientError } from '../domain/failure.ts';
import { nearest } from '../domain/nearest.ts';
import { anonymise } from './anonymise.ts';
import { anonymiseAbort } from './anonymise-abort.ts';
import { anonymiseCheck } from './anonymise-check.ts';
import { anonymiseInit } from './anonymise-init.ts';
import type { Command, CommandContext } from './command.ts';
import { EXIT, Interruption, MendError, UsageError } from './exit-code.ts';
import { sourceRefresh, sourceRollback } from './source-asking.ts';
import { sourcePassport } from './source-passport.ts';
import { sourceStatus } from './source-status.ts';
import { USAGE } from './usage.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  anonymise,
  'anonymise abort': anonymiseAbort,
  'anonymise check': anonymiseCheck,
  'anonymise init': anonymiseInit,
  'source passport': sourcePassport,
  'source refresh': sourceRefresh,
  'source rollback': sourceRollback,
  'source status': sourceStatus,
};

/** What follows their words and is no option is theirs to read. */
const TAKE_A_NAME: ReadonlySet<string> = new Set(['source passport']);

/** Runs the command that the arguments name. Ends with the exit code, and throws nothing. */
export async function runProgram(context: CommandContext): Promise<number> {
  if (context.args.some((arg) => arg === '--help' || arg === '-h')) {
    context.out(USAGE);
    return EXIT.done;
  }
  try {
    const { command, args } = commandOf(context.args);
    return await command({ ...context, args });
  } catch (error) {
    return report(error, context);
  }
}

function commandOf(args: readonly string[]): { command: Command; args: readonly string[] } {
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  const words = firstOption === -1 ? args : args.slice(0, firstOption);
  const said = words.join(' ');
  const before = words.slice(0, -1).join(' ');
  const name = TAKE_A_NAME.has(before) ? before : said;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    throw new UsageError([name === '' ? USAGE.trimEnd() : unknownCommand(name)]);
  }
  return { command, args: args.slice(name === said ? words.length : words.length - 1) };
}

/** Does not repeat what was written: it might have been meant for elsewhere. */
function unknownCommand(name: string): string {
  const near = nearest(name, Object.keys(COMMANDS));
  return `there is no such command${near === undefined ? '; mayfly --help lists them' : `: did you mean mayfly ${near}?`}`;
}

/** Says what went wrong, on stderr for people, and on stdout too for whoever asked for JSON. */
function report(error: unknown, { args, out, tell, signal }: CommandContext): number {
  const again = args[0] === 'anonymise' ? 'the same command goes on where this one ended' : 'try again';
  const { exitCode, problems } = verdictOf(error, { signal, again });
  problems.forEach(tell);
  if (args.includes('--json')) {
    out(`${JSON.stringify({ ok: false, exitCode, problems })}\n`);
  }
  return exitCode;
}

function verdictOf(
  error: unknown,
  { signal, again }: { signal: AbortSignal; again: string },
): { exitCode: number; problems: readonly string[] } {
  if (error instanceof UsageError) {
    return { exitCode: EXIT.usage, problems: error.problems };
  }
  if (error instanceof MendError) {
    return { exitCode: EXIT.mend, problems: error.problems };
  }
  if (error instanceof TerminalError) {
    return { exitCode: EXIT.mend, problems: [error.message, ...error.details] };
  }
  if (signal.aborted && signal.reason instanceof Interruption) {
    return {
      exitCode: signal.reason.exitCode,
      problems: [`interrupted: ${again}`],
    };
  }
  if (error instanceof TransientError) {
    return { exitCode: EXIT.tryAgain, problems: [`${error.message}: ${again}`] };
  }
  return {
    exitCode: EXIT.mend,
    problems: [`this should not happen: ${error instanceof Error ? error.message : String(error)}`],
  };
}
