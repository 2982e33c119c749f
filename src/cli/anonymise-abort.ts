import type { CommandContext } from './command.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { readOptions } from './options.ts';
import { DATABASE_OPTIONS, targetDatabase } from './target-database.ts';

/** `mayfly anonymise abort`: gives a run up that was interrupted. What it leaves half masked is no success. */
export async function anonymiseAbort(context: CommandContext): Promise<number> {
  const options = readOptions(context.args, { ...DATABASE_OPTIONS, json: 'boolean' });
  const { address, problems } = targetDatabase(options, context);
  if (address === undefined) {
    throw new UsageError(problems);
  }
  const anonymiser = await context.openAnonymiser(address);
  try {
    context.signal.throwIfAborted();
    const aborted = await anonymiser.abort(context.signal);
    const { masked, partly, isChanged } = aborted ?? { masked: [], partly: [], isChanged: false };
    if (options.has('json')) {
      context.out(`${JSON.stringify({ ok: !isChanged, wasThere: aborted !== undefined, masked, partly })}\n`);
    }
    if (!isChanged) {
      context.tell(aborted ? 'the run is given up: it had changed nothing' : 'there is no run to give up');
      return EXIT.done;
    }
    context.tell('the run is given up: triggers and rows are back, and what it masked or deleted stays so');
    context.tell(`masked: ${listed(masked)}; partly masked: ${listed(partly)}`);
    context.tell('the data is half masked, and must not be used: restore the database');
    return EXIT.mend;
  } finally {
    await anonymiser.close();
  }
}

function listed(tables: readonly string[]): string {
  return tables.length === 0 ? 'no table' : tables.join(', ');
}
