/** One page of a list and, when more follows, the token that asks for the next. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * Cuts a page of at most `limit` items. A token is opaque to the caller and holds a position, so the order of `all`
 * must be the same from call to call. `refuseToken` throws the service's own error for a token that is not ours.
 */
export function pageOf<T>(
  all: readonly T[],
  { limit, token, refuseToken }: { limit: number; token: string | undefined; refuseToken: () => never },
): Page<T> {
  const start = token === undefined ? 0 : positionIn(token);
  if (start === undefined) {
    return refuseToken();
  }
  const end = start + limit;
  return {
    items: all.slice(start, end),
    nextToken: end < all.length ? Buffer.from(`at:${end}`).toString('base64url') : undefined,
  };
}

function positionIn(token: string): number | undefined {
  const [, position] = /^at:(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  return position === undefined ? undefined : Number(position);
}
