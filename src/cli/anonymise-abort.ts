import type { Aborted } from '../data/run/abort-run.ts';
import type { CommandContext } from './command.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { readOptions } from './options.ts';
import { DATABASE_OPTIONS, targetDatabase } from './target-database.ts';

/** `mayfly anonymise abort`: gives a run up that was interrupted. Data that was changed and proven by nothing is no success. */
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
    const { masked, partly, left }: Aborted = aborted ?? { masked: [], partly: [], left: 'unchanged' };
    if (options.has('json')) {
      const ok = left === 'unchanged';
      context.out(`${JSON.stringify({ ok, wasThere: aborted !== undefined, left, masked, partly })}\n`);
    }
    if (left === 'unchanged') {
      context.tell(aborted ? 'the run is given up: it had changed nothing' : 'there is no run to give up');
      return EXIT.done;
    }
    context.tell('the run is given up: triggers and rows are back, and what it masked or deleted stays so');
    context.tell(`masked: ${listed(masked)}; partly masked: ${listed(partly)}`);
    context.tell(WHAT_NOW[left]);
    return EXIT.mend;
  } finally {
    await anonymiser.close();
  }
}

const WHAT_NOW: Readonly<Record<Exclude<Aborted['left'], 'unchanged'>, string>> = {
  'half-masked': 'the data is half masked, and must not be used: restore the database',
  masked:
    'everything is masked, and nothing was proven: nobody has looked at the result, and it has no passport. Restore the database and mask it again; the same run, gone on with, would have proven it',
  'looked-at':
    'everything is masked and was looked at, and what the passport says of it holds. Whoever did not get that has nothing that vouches for the data: restore the database and mask it again',
};

function listed(tables: readonly string[]): string {
  return tables.length === 0 ? 'no table' : tables.join(', ');
}
