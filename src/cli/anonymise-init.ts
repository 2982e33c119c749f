import { writeFile } from 'node:fs/promises';
import type { CommandContext } from './command.ts';
import { EXIT, MendError, UsageError } from './exit-code.ts';
import { readOptions } from './options.ts';
import { DATABASE_OPTIONS, targetDatabase } from './target-database.ts';

/** `mayfly anonymise init`: proposes a rule file, on stdout or in a file that is not there yet. Changes no data. */
export async function anonymiseInit(context: CommandContext): Promise<number> {
  const options = readOptions(context.args, { ...DATABASE_OPTIONS, output: 'string' });
  const { address, problems } = targetDatabase(options, context);
  if (address === undefined) {
    throw new UsageError(problems);
  }
  const anonymiser = await context.openAnonymiser(address);
  try {
    const { text, undecided } = await anonymiser.propose();
    const output = options.text('output');
    if (output === undefined) {
      context.out(text);
    } else {
      await writeNew(output, text);
    }
    context.tell(`${output ?? 'this'} is a proposal: read every line of it before anything runs by it`);
    if (undecided.length > 0) {
      context.tell('nothing runs by it until somebody has decided on what is marked TODO in it:');
      undecided.forEach((place) => context.tell(place));
    }
    return EXIT.done;
  } finally {
    await anonymiser.close();
  }
}

/** Rules that somebody has worked on are not written over. */
async function writeNew(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'EEXIST' ? 'is there already, and is not written over' : `cannot be written: ${error.code}`;
    throw new MendError([`${path} ${why}`]);
  });
}
