import { checkRange, validationError } from './validation-error.ts';

export interface PageRequest {
  readonly Marker?: string | undefined;
  readonly PageSize?: number | undefined;
}

const LARGEST_PAGE = 400;

/**
 * The page that `Marker` asks for. A marker holds the sort key of the next item, so a list that changes between two
 * pages neither repeats nor skips what stayed.
 */
export function pageOf<T>(
  items: Iterable<T>,
  sortKey: (item: T) => string,
  { Marker, PageSize = LARGEST_PAGE }: PageRequest,
): { page: T[]; NextMarker: string | undefined } {
  checkRange('Page size', PageSize, [1, LARGEST_PAGE]);
  const from = Marker === undefined ? '' : Buffer.from(Marker, 'base64url').toString();
  if (Marker !== undefined && !from.startsWith('from:')) {
    throw validationError(`Marker '${Marker}' is not valid`);
  }
  const rest = [...items]
    .map((item) => ({ item, key: `from:${sortKey(item)}` }))
    .filter(({ key }) => key >= from)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const next = rest[PageSize];
  return {
    page: rest.slice(0, PageSize).map(({ item }) => item),
    NextMarker: next && Buffer.from(next.key).toString('base64url'),
  };
}
