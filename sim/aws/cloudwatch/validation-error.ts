import { Refusal } from '../wire/refusal.ts';

/** Input that is wrong in itself; over forms, and to those who remember them, its code is `ValidationError`. */
export function validationError(message: string): Refusal {
  return new Refusal('ValidationException', message);
}
