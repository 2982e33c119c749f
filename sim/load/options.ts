import { parseArgs } from 'node:util';
import { numberOption } from '../number-option.ts';

export interface LoadOptions {
  /** Deliveries a second. */
  readonly rate: number;
  readonly seconds: number;
  /** What is drawn. */
  readonly seed: number;
  /** One JSON document on stdout. */
  readonly json: boolean;
}

export const USAGE = `npm run load -- [--rate N] [--seconds N] [--seed S] [--json]

  --rate N      deliveries a second (default 200)
  --seconds N   for how long, after a warm-up of a little more (default 60)
  --seed S      what is drawn, a whole number (default 1)
  --json        one JSON document on stdout, progress on stderr
  --help        this text

The server runs in a process of its own, on a Postgres that waits for its disk, against an AWS and a GitHub that take two
to five seconds for each call. Another process sends deliveries, and measures from when each was due.

exit status: 0 all goals hold, 1 one does not, 2 the command line cannot be understood, 130 Ctrl-C came before the end`;

/** Throws with a sentence for a person when the command line cannot be understood. */
export function parseOptions(args: readonly string[]): LoadOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rate: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    rate: numberOption('--rate', values.rate, { min: 1, max: 5000 }),
    seconds: numberOption('--seconds', values.seconds, { min: 1, max: 3600 }),
    seed: numberOption('--seed', values.seed, { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }),
    json: values.json,
  };
}
