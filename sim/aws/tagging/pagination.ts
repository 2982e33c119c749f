import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';

const VALID_SECONDS = 15 * 60;

export interface TokenRequest {
  readonly PaginationToken?: string | undefined;
}

/** A page of what is sorted by `keyOf`, and the token of the next; the token of the last page is the empty string. */
export function pageOf<T>(
  world: World,
  { items, keyOf, size }: { items: readonly T[]; keyOf: (item: T) => string; size: number },
  { PaginationToken }: TokenRequest,
): { page: T[]; PaginationToken: string } {
  const from = PaginationToken ? readToken(world, PaginationToken) : '';
  const rest = items.filter((item) => keyOf(item) >= from).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const next = rest[size];
  return { page: rest.slice(0, size), PaginationToken: next === undefined ? '' : writeToken(world, keyOf(next)) };
}

function writeToken(world: World, from: string): string {
  return Buffer.from(`${world.clock.now().getTime()} ${from}`).toString('base64');
}

function readToken(world: World, token: string): string {
  const [, issuedAt, from] = /^(\d+) (.*)$/s.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (issuedAt === undefined || from === undefined) {
    throw new Refusal('InvalidParameterException', 'The pagination token is not valid');
  }
  if (world.clock.now().getTime() - Number(issuedAt) > VALID_SECONDS * 1000) {
    throw new Refusal('PaginationTokenExpiredException', 'The pagination token has expired');
  }
  return from;
}
