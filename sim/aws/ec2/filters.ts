import type { Filter } from '@aws-sdk/client-ec2';
import type { Tags } from '../tag-index.ts';
import { Refusal } from '../wire/refusal.ts';

/** Filter name -> the values a resource has under it. */
export type FilterFields<T> = Readonly<Record<string, (item: T) => readonly string[]>>;

/** Whether EC2's `Filters` let an item through: every filter must, by any of its values; `*` and `?` are wildcards. */
export function passes<T extends { readonly tags: Tags }>(
  item: T,
  filters: readonly Filter[] | undefined,
  fields: FilterFields<T>,
): boolean {
  return (filters ?? []).every(({ Name = '', Values = [] }) => {
    const held = valuesUnder(Name, item, fields);
    return Values.some((wanted) => held.some((value) => matches(wanted, value)));
  });
}

function valuesUnder<T extends { readonly tags: Tags }>(
  name: string,
  item: T,
  fields: FilterFields<T>,
): readonly string[] {
  if (name.startsWith('tag:')) {
    const value = item.tags[name.slice('tag:'.length)];
    return value === undefined ? [] : [value];
  }
  if (name === 'tag-key') {
    return Object.keys(item.tags);
  }
  const field = fields[name];
  if (!field) {
    throw new Refusal('InvalidParameterValue', `The filter '${name}' is invalid`);
  }
  return field(item);
}

function matches(pattern: string, value: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(value);
}
