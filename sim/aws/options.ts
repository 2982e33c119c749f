import { parseArgs } from 'node:util';
import { numberOption, portOption } from '../number-option.ts';

export interface AwsOptions {
  /** 0 takes any that is free. */
  readonly port: number;
  /** Simulated seconds for each real one. */
  readonly speed: number;
  /** An account with nothing in it, instead of the first users' platform. */
  readonly empty: boolean;
}

export const USAGE = `npm run sim:aws -- [--port N] [--speed N] [--empty]

  --port N    where it listens on 127.0.0.1; 0 takes any port that is free (default 4566)
  --speed N   simulated seconds for each real second (default 1)
  --empty     an account with nothing in it, instead of the demo's platform
  --help      this text

It stays up until Ctrl-C. Its page is at /_sim.
exit status: 0 ended by Ctrl-C or --help, 1 it could not start, 2 the command line cannot be understood`;

/** Throws with a sentence for a person when the command line cannot be understood. */
export function parseOptions(args: readonly string[]): AwsOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '4566' },
      speed: { type: 'string', default: '1' },
      empty: { type: 'boolean', default: false },
    },
  });
  return {
    port: portOption(values.port),
    speed: numberOption('--speed', values.speed, { min: 0.01, max: 100_000 }),
    empty: values.empty,
  };
}
