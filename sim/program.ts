import { startFailure } from './start-failure.ts';

export interface Program<Options> {
  /** What `--help` prints, and what follows a command line that cannot be understood. */
  readonly usage: string;
  /** Throws with a sentence for a person when the command line cannot be understood. */
  parse(args: readonly string[]): Options;
  /** Resolves with the exit status. */
  main(options: Options): Promise<number>;
}

/** Runs a program of the command line, and sets the process's exit status: 2 for a command line that cannot be understood. */
export async function runProgram<Options>({ usage, parse, main }: Program<Options>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  let options: Options;
  try {
    options = parse(args);
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n\n${usage}\n`);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = await main(options);
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`);
    process.exitCode = 1;
  }
}
