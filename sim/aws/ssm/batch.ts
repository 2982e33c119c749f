import { Refusal } from '../wire/refusal.ts';

const maximumNames = 10;

/** GetParameters and DeleteParameters take 1 to 10 names. */
export function checkBatch(names: readonly string[]): void {
  if (names.length < 1 || names.length > maximumNames) {
    throw new Refusal(
      'ValidationException',
      `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length between 1 and ${maximumNames}`,
    );
  }
}
