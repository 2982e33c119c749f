import { parseArgs } from 'node:util';

export interface Options {
  readonly json: boolean;
  /** Of these statements alone; empty for all. */
  readonly only: readonly number[];
}

/** Throws with a sentence about what cannot be read. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: [] } },
  });
  const only = values.only.flatMap((given) => given.split(',')).map(Number);
  if (!only.every((number) => Number.isInteger(number) && number >= 1 && number <= 13)) {
    throw new Error('--only takes the number of a statement, 1 to 13: --only 4');
  }
  return { json: values.json, only };
}
