import { isNotModified } from './errors.ts';

export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly etag: string | undefined;
  readonly isLast: boolean;
}

export interface ListReader<Item> {
  firstPage(headers: Record<string, string>): Promise<ListPage<Item>>;
  /** Counted from 1. */
  page(number: number): Promise<ListPage<Item>>;
}

/**
 * Lists that are asked for again and again, and seldom change. "Making a conditional request does not count against your
 * primary rate limit if a 304 response is returned" (GitHub, "Best practices for using the REST API"). An etag is good
 * for one token (github/docs#34689), so about once an hour an unchanged list is sent all the same. A list of several
 * pages is always read whole: that its first page is unchanged says nothing of the others.
 */
export function createUnchangedLists<Item>(): {
  /** The list as it is now. `key` names it. What the reader throws passes, but for GitHub's 304. */
  read(key: string, reader: ListReader<Item>): Promise<readonly Item[]>;
} {
  const known = new Map<string, { etag: string; items: readonly Item[] }>();

  async function firstPage(key: string, reader: ListReader<Item>): Promise<ListPage<Item>> {
    const before = known.get(key);
    if (!before) {
      return await reader.firstPage({});
    }
    try {
      return await reader.firstPage({ 'if-none-match': before.etag });
    } catch (error) {
      if (!isNotModified(error)) {
        throw error;
      }
      return { ...before, isLast: true };
    }
  }

  return {
    async read(key, reader) {
      const first = await firstPage(key, reader);
      known.delete(key);
      if (first.isLast) {
        if (first.etag !== undefined) {
          known.set(key, { etag: first.etag, items: first.items });
        }
        return first.items;
      }
      const items = [...first.items];
      for (let number = 2, isLast = false; !isLast; number += 1) {
        const page = await reader.page(number);
        items.push(...page.items);
        ({ isLast } = page);
      }
      return items;
    },
  };
}
