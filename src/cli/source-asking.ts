import { isUnderWay } from '../domain/source.ts';
import type { SourceRequest, SourceRequestKind } from '../reconcile/source/source-store.ts';
import { askerOf } from './asker.ts';
import type { Command, CommandContext } from './command.ts';
import { EXIT, Interruption, UsageError } from './exit-code.ts';
import { readOptions } from './options.ts';
import { awaitOutcome } from './source-awaiting.ts';
import type { SourceDesk } from './source-desk.ts';
import { oneLine } from './source-lines.ts';

const OPTIONS = { as: 'string', wait: 'boolean', json: 'boolean' } as const;

/** `mayfly source refresh`: asks for a source made of the newest snapshot. */
export const sourceRefresh: Command = async (context) => await ask('refresh', context);
/** `mayfly source rollback`: asks for the source that was in service before. */
export const sourceRollback: Command = async (context) => await ask('rollback', context);

async function ask(kind: SourceRequestKind, context: CommandContext): Promise<number> {
  const options = readOptions(context.args, OPTIONS);
  const [isWaiting, isJson] = [options.has('wait'), options.has('json')];
  const askedBy = askerOf(options.text('as'), context.userName);
  context.signal.throwIfAborted();
  const desk = await context.openSourceDesk(context.variables);
  try {
    refuseInVain(desk, isWaiting);
    context.signal.throwIfAborted();
    // When is for the store to say: a clock of this machine that is wrong would have it answered by an older source, or by none.
    const request = await desk.ask({ kind, askedBy });
    context.tell(`request ${request.id}: ${kind}, asked by ${request.askedBy}`);
    const seen = isWaiting ? await awaitOutcome(request, { desk, context }) : request;
    const exitCode = isWaiting ? await verdict(seen, { desk, context }) : EXIT.done;
    say(seen, { exitCode, isJson, context });
    return exitCode;
  } finally {
    await desk.close();
  }
}

/** What nobody would ever answer is not asked. */
function refuseInVain({ policy, isShared }: SourceDesk, isWaiting: boolean): void {
  if (policy && (policy.keepDays === undefined || policy.publicKey === undefined)) {
    throw new UsageError([
      'the platform document says nothing of how sources are made (database.refresh, database.passportPublicKey): nobody would answer',
    ]);
  }
  if (isWaiting && !isShared) {
    throw new UsageError([
      '--wait is of no use without DATABASE_URL: the server cannot work while this command has its database open',
    ]);
  }
}

/** An outcome that begins with the name of a source is of that one: it is in service then, or another was under way. */
async function verdict(
  { settledAt, outcome }: SourceRequest,
  { desk, context }: { desk: SourceDesk; context: CommandContext },
): Promise<number> {
  if (settledAt === null) {
    return context.signal.reason instanceof Interruption ? context.signal.reason.exitCode : EXIT.tryAgain;
  }
  const named = (await desk.versions()).find(({ id }) => outcome.startsWith(`${id} `));
  if (named?.servedAt) {
    return EXIT.done;
  }
  return named && isUnderWay(named) ? EXIT.tryAgain : EXIT.mend;
}

function say(
  request: SourceRequest,
  { exitCode, isJson, context }: { exitCode: number; isJson: boolean; context: CommandContext },
): void {
  if (isJson) {
    context.out(`${JSON.stringify({ ok: exitCode === EXIT.done, exitCode, request })}\n`);
  } else if (request.settledAt !== null) {
    context.out(`${oneLine(request.outcome)}\n`);
  }
  if (request.settledAt === null) {
    context.tell(
      `request ${request.id} stands, whether or not anybody waits: mayfly source status says what becomes of it`,
    );
  }
}
