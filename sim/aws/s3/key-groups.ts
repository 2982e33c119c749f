/** What of a bucket's keys a list is asked for. */
export interface ListAsked {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly EncodingType?: string | undefined;
}

/** One line of a list: things of one key, or a prefix that many keys share up to the delimiter. */
export type Line<T> = { readonly name: string; readonly item: T } | { readonly name: string; readonly isPrefix: true };

/** Keys are listed in the order of their UTF-8 bytes. */
export function byKey(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/**
 * The lines of a list in order. Items that share a prefix up to the first delimiter after `Prefix` roll up into one.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-prefixes.html
 */
export function linesOf<T>(
  items: readonly (readonly [key: string, item: T])[],
  { Prefix = '', Delimiter = '' }: ListAsked,
): Line<T>[] {
  const lines: Line<T>[] = [];
  for (const [key, item] of items.filter(([name]) => name.startsWith(Prefix))) {
    const end = Delimiter === '' ? -1 : key.indexOf(Delimiter, Prefix.length);
    if (end === -1) {
      lines.push({ name: key, item });
      continue;
    }
    const name = key.slice(0, end + Delimiter.length);
    if (lines.at(-1)?.name !== name) {
      lines.push({ name, isPrefix: true });
    }
  }
  return lines;
}

export const itemsIn = <T>(lines: readonly Line<T>[]): T[] =>
  lines.flatMap((line) => ('item' in line ? [line.item] : []));

export const prefixesIn = (lines: readonly Line<unknown>[], encode: (text: string) => string): { Prefix: string }[] =>
  lines.flatMap((line) => ('isPrefix' in line ? [{ Prefix: encode(line.name) }] : []));

/** Keys may hold what XML 1.0 does not; a client that asks for it gets them URL-encoded. */
export function encoder({ EncodingType }: ListAsked): (text: string) => string {
  return EncodingType === 'url'
    ? (text) => encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+')
    : (text) => text;
}

const MOST_KEYS = 1000;

export const pageSize = (asked: number | undefined): number => Math.min(asked ?? MOST_KEYS, MOST_KEYS);
