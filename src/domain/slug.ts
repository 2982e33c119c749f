import { shortDigest } from './digest.ts';

/** Longest label of a DNS name (RFC 1035, 2.3.4). */
export const MAX_LABEL_LENGTH = 63;

const DIGEST_LENGTH = 8;

/**
 * A legal DNS label of any text: lower case letters, digits and single hyphens, none at the ends, at most `maxLength`
 * (at least 10) long. What does not fit ends in a digest of the whole text, so that two long branch names with the same
 * beginning stay two; a text without any usable character becomes `x-` and its digest.
 */
export function slugOf(text: string, maxLength: number = MAX_LABEL_LENGTH): string {
  const slug = hyphenated(text);
  if (slug !== '' && slug.length <= maxLength) {
    return slug;
  }
  return withDigest(slug === '' ? 'x' : slug, { of: text, maxLength });
}

/** `head`, cut so that a hyphen and a digest of `of` fit behind it. */
export function withDigest(head: string, { of, maxLength }: { of: string; maxLength: number }): string {
  const room = maxLength - DIGEST_LENGTH - 1;
  return `${head.slice(0, room).replace(/-+$/, '')}-${shortDigest(of, DIGEST_LENGTH)}`;
}

function hyphenated(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
