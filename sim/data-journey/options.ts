import { parseArgs } from 'node:util';
import { numberOption } from '../number-option.ts';

export interface DataOptions {
  /** In each big table of production. */
  readonly rows: number;
  /** One JSON document on stdout. */
  readonly json: boolean;
}

export const USAGE = `npm run data:e2e -- [--rows N] [--json]

  --rows N      in each big table of production (default 300)
  --json        one JSON document on stdout, progress on stderr
  --help        this text

From production to an environment and back: a snapshot is restored, masked, looked at, put in service, cloned for a pull
request, replaced and rolled back to, on the local cloud with a real MariaDB behind its clusters; four leaks are planted
on the way. Times of AWS are simulated.

exit status: 0 all is as it should be, 1 something is not, 2 the command line cannot be understood, 130 Ctrl-C came first`;

/** Throws with a sentence for a person when the command line cannot be understood. */
export function parseOptions(args: readonly string[]): DataOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { rows: { type: 'string', default: '300' }, json: { type: 'boolean', default: false } },
  });
  return { rows: numberOption('--rows', values.rows, { min: 50, max: 100_000, whole: true }), json: values.json };
}
