import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import { invalid } from './identifiers.ts';

const DEFAULT_ITEMS = 100;
const MOST_ITEMS = 1000;

export interface PageAsked {
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

/** One page of `all`; `MaxItems` is 1 to 1000, default 100. Throws ValidationError. */
export function itemsOf<T>(
  all: readonly T[],
  { MaxItems = DEFAULT_ITEMS, Marker }: PageAsked,
): { items: readonly T[]; rest: { IsTruncated: boolean; Marker: string | undefined } } {
  if (MaxItems < 1 || MaxItems > MOST_ITEMS) {
    throw invalid(MaxItems, 'maxItems', `Member must have value between 1 and ${MOST_ITEMS}`);
  }
  const refuseToken = (): never => {
    throw new Refusal('ValidationError', 'Invalid Marker.');
  };
  const { items, nextToken } = pageOf(all, { limit: MaxItems, token: Marker, refuseToken });
  return { items, rest: { IsTruncated: nextToken !== undefined, Marker: nextToken } };
}
