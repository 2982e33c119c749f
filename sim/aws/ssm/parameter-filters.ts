import type { ParameterStringFilter } from '@aws-sdk/client-ssm';
import { Refusal } from '../wire/refusal.ts';
import type { Parameter } from './state.ts';

function isBelow(name: string, path: string, option: string): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(prefix) && (option === 'Recursive' || !name.slice(prefix.length).includes('/'));
}

function compares(held: string, asked: string, option: string): boolean {
  switch (option) {
    case 'BeginsWith':
      return held.startsWith(asked);
    case 'Contains':
      return held.includes(asked);
    default:
      return held === asked;
  }
}

function heldValue(parameter: Parameter, key: string): string | undefined {
  switch (key) {
    case 'Name':
      return parameter.name;
    case 'Type':
      return parameter.type;
    case 'KeyId':
      return parameter.keyId;
    case 'Tier':
      return parameter.tier;
    case 'DataType':
      return parameter.dataType;
    default:
      if (key.startsWith('tag:')) {
        return parameter.tags[key.slice('tag:'.length)];
      }
      throw new Refusal('InvalidFilterKey', `The filter key ${key} is not valid.`);
  }
}

function matches(parameter: Parameter, { Key = '', Option, Values }: ParameterStringFilter): boolean {
  if (Key === 'Path') {
    return (Values ?? []).some((path) => isBelow(parameter.name, path, Option ?? 'OneLevel'));
  }
  const held = heldValue(parameter, Key);
  if (held === undefined) {
    return false;
  }
  // A tag filter without values asks only for the key.
  return !Values?.length || Values.some((value) => compares(held, value, Option ?? 'Equals'));
}

/** All filters must hold; of a filter's values one must. */
export function matchesFilters(parameter: Parameter, filters: readonly ParameterStringFilter[] = []): boolean {
  return filters.every((filter) => matches(parameter, filter));
}
