import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import { invalid } from './refusals.ts';

interface Asked {
  readonly Limit?: number | undefined;
  readonly Marker?: string | undefined;
}

interface PageShape {
  readonly Truncated: boolean;
  readonly NextMarker: string | undefined;
}

/** One page, and the members that say whether more follows. Throws ValidationException, InvalidMarkerException. */
export function pageIn<T>(
  all: readonly T[],
  { Limit, Marker }: Asked,
  { standard, most }: { standard: number; most: number },
): { items: readonly T[]; rest: PageShape } {
  const limit = Limit ?? standard;
  if (limit < 1 || limit > most) {
    throw invalid('limit', limit, `Member must have value between 1 and ${most}`);
  }
  const refuseToken = (): never => {
    throw new Refusal('InvalidMarkerException', 'The marker is not valid.');
  };
  const { items, nextToken } = pageOf(all, { limit, token: Marker, refuseToken });
  return { items, rest: { Truncated: nextToken !== undefined, NextMarker: nextToken } };
}
