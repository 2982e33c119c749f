import { parseArgs } from 'node:util';
import { numberOption, portOption } from '../number-option.ts';
import { MAX_SPEED, MIN_SPEED } from './playground/clock-view.ts';

export interface LocalOptions {
  /** Of the page; 0 takes any that is free. */
  readonly port: number;
  /** Simulated seconds for each real one. */
  readonly speed: number;
}

export const USAGE = `npm run local -- [--port N] [--speed N]

  --port N    where the page is, on 127.0.0.1; 0 takes any port that is free (default 4080)
  --speed N   simulated seconds for each real second, ${MIN_SPEED} to ${MAX_SPEED} (default 15); the page can change it
  --help      this text

It stays up until Ctrl-C, and leaves nothing behind.
exit status: 0 ended by Ctrl-C, 1 it could not start, 2 the command line cannot be understood`;

/** Throws with a sentence for a person when the command line cannot be understood. */
export function parseOptions(args: readonly string[]): LocalOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: 'string', default: '4080' }, speed: { type: 'string', default: '15' } },
  });
  return {
    port: portOption(values.port),
    speed: numberOption('--speed', values.speed, { min: MIN_SPEED, max: MAX_SPEED }),
  };
}
