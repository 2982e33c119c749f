import { validationError } from './validation-error.ts';

export interface Attribute {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export function describeAttributes(held: ReadonlyMap<string, string>): { Attributes: Attribute[] } {
  return { Attributes: [...held].map(([Key, Value]) => ({ Key, Value })) };
}

/**
 * Sets all the given attributes or, when one of them is not known or `check` throws for what would come of it, none.
 * Answers with all there are.
 */
export function modifyAttributes(
  held: Map<string, string>,
  given: readonly Attribute[],
  check: (after: ReadonlyMap<string, string>) => void = () => undefined,
): { Attributes: Attribute[] } {
  const unknown = given.find(({ Key }) => Key === undefined || !held.has(Key));
  if (unknown) {
    throw validationError(`Attribute key '${unknown.Key ?? ''}' is not recognized`);
  }
  check(new Map([...held, ...given.map(({ Key = '', Value = '' }) => [Key, Value] as const)]));
  for (const { Key = '', Value = '' } of given) {
    held.set(Key, Value);
  }
  return describeAttributes(held);
}
