import type { Filter } from '@aws-sdk/client-ec2';
import { pageOf } from '../paging.ts';
import type { Tags } from '../tag-index.ts';
import { Refusal } from '../wire/refusal.ts';
import { type FilterFields, passes } from './filters.ts';

interface Describing<T> {
  readonly all: ReadonlyMap<string, T>;
  readonly ids: readonly string[] | undefined;
  /** The code for an id that does not exist (`InvalidVpcID.NotFound`) and how the message calls it (`vpc ID`). */
  readonly missing: readonly [code: string, what: string];
  readonly filters: readonly Filter[] | undefined;
  readonly fields: FilterFields<T>;
  readonly limit: number | undefined;
  readonly token: string | undefined;
}

/** What a `Describe` call lists: the ids it names, or all, as far as its filters allow; one page of them. */
export function describeAll<T extends { readonly tags: Tags }>({
  all,
  ids = [],
  missing: [code, what],
  filters,
  fields,
  limit,
  token,
}: Describing<T>): { items: readonly T[]; nextToken: string | undefined } {
  const unknown = ids.find((id) => !all.has(id));
  if (unknown !== undefined) {
    throw new Refusal(code, `The ${what} '${unknown}' does not exist`);
  }
  const wanted = ids.length > 0 ? [...new Set(ids)].flatMap((id) => all.get(id) ?? []) : [...all.values()];
  const found = wanted.filter((item) => passes(item, filters, fields));
  const refuseToken = (): never => {
    throw new Refusal('InvalidNextToken', 'The token is not valid');
  };
  return pageOf(found, { limit: limit ?? 1000, token, refuseToken });
}
