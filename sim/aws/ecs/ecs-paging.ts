import { type Page, pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';

interface Paged {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** A page of an ECS list: 1 to 100 entries. */
export function listPage<T>(all: readonly T[], { maxResults, nextToken }: Paged, defaultSize = 100): Page<T> {
  const limit = maxResults ?? defaultSize;
  if (limit < 1 || limit > 100) {
    throw new Refusal('InvalidParameterException', 'maxResults must be between 1 and 100.');
  }
  return pageOf(all, {
    limit,
    token: nextToken,
    refuseToken() {
      throw new Refusal('InvalidParameterException', 'Invalid token.');
    },
  });
}
