import { Refusal } from '../wire/refusal.ts';

/** Malformed input; the code is not in the model, but it is what the service sends. */
export function validationError(message: string): Refusal {
  return new Refusal('ValidationError', message);
}

/** Throws unless `value` lies within the bounds, both included. */
export function checkRange(
  name: string,
  value: number | undefined,
  [least, most]: readonly [least: number, most: number],
): void {
  if (value !== undefined && !(value >= least && value <= most)) {
    throw validationError(`${name} '${value}' must be between ${least} and ${most} inclusive`);
  }
}
