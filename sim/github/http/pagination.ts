export interface Page<Item> {
  readonly items: readonly Item[];
  /** The `Link` header; undefined when everything fits on one page. */
  readonly link: string | undefined;
}

const defaultPerPage = 30;
const maxPerPage = 100;

function atLeastOne(text: string | null, fallback: number): number {
  const number = Number(text ?? fallback);
  return Number.isInteger(number) && number >= 1 ? number : fallback;
}

function perPageOf({ searchParams }: URL): number {
  return Math.min(atLeastOne(searchParams.get('per_page'), defaultPerPage), maxPerPage);
}

/** Cuts a list as `per_page` (at most 100) and `page` in the URL ask. */
export function paginate<Item>(all: readonly Item[], url: URL): Page<Item> {
  const perPage = perPageOf(url);
  const page = atLeastOne(url.searchParams.get('page'), 1);
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const items = all.slice((page - 1) * perPage, page * perPage);
  const linkTo = (number: number, relation: string): string => {
    const to = new URL(url);
    to.searchParams.set('page', String(number));
    return `<${to.href}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [linkTo(page - 1, 'prev')] : []),
    ...(page < last ? [linkTo(page + 1, 'next'), linkTo(last, 'last')] : []),
    ...(page > 1 ? [linkTo(1, 'first')] : []),
  ];
  return { items, link: links.length > 0 ? links.join(', ') : undefined };
}

function restAfter<Item extends { readonly [name: string]: unknown }>(
  all: readonly Item[],
  cursor: string | null,
): readonly Item[] {
  if (cursor === null) {
    return all;
  }
  const last = all.findIndex(({ id }) => cursor === `v1_${String(id)}`);
  return last === -1 ? [] : all.slice(last + 1);
}

/** Cuts a list after the item that `cursor` names; `page` means nothing here. An unknown cursor is followed by nothing. */
export function paginateByCursor<Item extends { readonly [name: string]: unknown }>(
  all: readonly Item[],
  url: URL,
): Page<Item> {
  const rest = restAfter(all, url.searchParams.get('cursor'));
  const items = rest.slice(0, perPageOf(url));
  if (rest.length === items.length) {
    return { items, link: undefined };
  }
  const next = new URL(url);
  next.searchParams.set('cursor', `v1_${String(items.at(-1)?.['id'])}`);
  return { items, link: `<${next.href}>; rel="next"` };
}
