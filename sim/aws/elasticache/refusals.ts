import { Refusal } from '../wire/refusal.ts';

export function invalidValue(message: string): Refusal {
  return new Refusal('InvalidParameterValueException', message);
}

export function invalidCombination(message: string): Refusal {
  return new Refusal('InvalidParameterCombinationException', message);
}
