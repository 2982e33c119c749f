import { parseArgs } from 'node:util';
import { numberOption } from '../number-option.ts';
import type { History } from './histories/step.ts';

export interface ChaosOptions {
  /** Of histories; 0 for none. */
  readonly runs: number;
  /** The one to be played, in place of drawn ones. */
  readonly history: History | undefined;
  readonly seed: number;
  /** For how many seconds servers and a reaper are killed at random; 0 for no siege. */
  readonly siege: number;
  /** Every crash point, or a sample beside the histories. */
  readonly crashPoints: 'all' | 'some' | 'none';
  readonly faults: 'all' | 'some' | 'none';
  /** A journey, a request's number or a range of them, or a part of a mission's name. */
  readonly only: string | undefined;
  /** One JSON document on stdout. */
  readonly json: boolean;
}

export const USAGE = `npm run chaos -- [--runs N] [--crash-points] [--faults] [--siege SECONDS]
                    [--history JSON] [--seed S] [--only WHAT] [--json]

  --runs N        random histories, and beside them a sample of crash points and faults (default 100)
  --history JSON  the history that a violation is told with, and nothing else
  --crash-points  kill the server at every request of a create, an update and a destroy, and at those of its own
                  of a reset of the database
  --faults        have every operation of these fail in every way that AWS and GitHub name for it
  --siege SECONDS kill two servers and a reaper at random for that long, while pull requests come and go
  --seed S        what is drawn, a whole number (default 1)
  --only WHAT     of crash points and faults, a journey (create, update, reset, destroy), the number of a request of
                  the reference run, a range of them (10-20), or a part of the name that a violation is told with
  --json          one JSON document on stdout, progress on stderr
  --help          this text

exit status: 0 no violation, 1 there was one, or a point was not reached,
             2 the command line cannot be understood, 130 Ctrl-C came before the end`;

/** Throws with a sentence for a person when the command line cannot be understood. */
export function parseOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string' },
      history: { type: 'string' },
      siege: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      'crash-points': { type: 'boolean', default: false },
      faults: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const siege = numberOption('--siege', values.siege, { min: 0, max: 86_400, whole: true });
  const isWhole = values['crash-points'] || values.faults;
  const history = values.history === undefined ? undefined : historyIn(values.history);
  const isChosen = isWhole || history !== undefined || siege > 0;
  const { runs = isChosen ? '0' : '100', only } = values;
  if (only !== undefined && !isWhole) {
    throw new Error('--only goes with --crash-points or --faults');
  }
  const beside = isChosen ? 'none' : 'some';
  return {
    runs: numberOption('--runs', runs, { min: 0, max: 1_000_000, whole: true }),
    history,
    seed: numberOption('--seed', values.seed, { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }),
    crashPoints: values['crash-points'] ? 'all' : beside,
    faults: values.faults ? 'all' : beside,
    siege,
    only,
    json: values.json,
  };
}

function historyIn(text: string): History {
  try {
    const history = JSON.parse(text) as Partial<History> | null;
    if (typeof history?.seed === 'number' && Array.isArray(history.steps)) {
      return history as History;
    }
  } catch {
    // What follows says what is wrong.
  }
  throw new Error('--history takes the JSON that a violation is told with: a seed and steps');
}
