import { parseArgs } from 'node:util';
import { numberOption } from '../../sim/number-option.ts';
import { type BenchTable, TABLES } from './tables.ts';

export interface BenchOptions {
  /** Rows of all tables together, one measurement after another. */
  readonly rows: readonly number[];
  /** Of each side, for each number of rows. */
  readonly runs: number;
  /** Connections of each side. */
  readonly workers: number;
  readonly seed: number;
  /** Of those in `TABLES`, by name. */
  readonly tables: readonly BenchTable[];
  readonly json: boolean;
}

export const USAGE = `npm run bench:anonymise -- [--rows N]... [--runs N] [--workers N] [--seed S] [--table T]... [--json]

  --rows N      rows of all tables together; may be given more than once (default 1000000)
  --runs N      runs of each side, of which the median counts (default 1)
  --workers N   connections of each side (default 2)
  --seed S      what is drawn, a whole number (default 1)
  --table T     only this table; may be given more than once (default person, address and event_history)
  --json        one JSON document on stdout, progress on stderr
  --help        this text

Starts a MariaDB of its own, and measures how fast the anonymiser masks three tables beside the floor: one bare UPDATE a
table, of the same columns, with values that cost next to nothing.

exit status: 0 measured, 1 something failed, 2 the command line cannot be understood`;

/** Throws with a sentence for a person when the command line cannot be understood. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', multiple: true, default: ['1000000'] },
      runs: { type: 'string', default: '1' },
      workers: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
      table: { type: 'string', multiple: true, default: TABLES.map(({ name }) => name) },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    rows: values.rows.map((text) => numberOption('--rows', text, { min: 1000, max: 100_000_000, whole: true })),
    runs: numberOption('--runs', values.runs, { min: 1, max: 20, whole: true }),
    workers: numberOption('--workers', values.workers, { min: 1, max: 16, whole: true }),
    seed: numberOption('--seed', values.seed, { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }),
    tables: values.table.map(tableOption),
    json: values.json,
  };
}

function tableOption(name: string): BenchTable {
  const found = TABLES.find((table) => table.name === name);
  if (found === undefined) {
    throw new Error(`--table takes ${TABLES.map((table) => table.name).join(', ')}`);
  }
  return found;
}
