/** Words of a text without case, accents and apostrophes, so that `O’Neill, Siân` and `sian oneill` have the same. */
export function wordsOf(text: string): string[] {
  const plain = IS_ASCII.test(text) ? text : text.normalize('NFKD').replaceAll(/\p{M}+/gu, '');
  return plain
    .toLowerCase()
    .replaceAll(/['’`]s(?!\p{L})|['’`]/gu, '')
    .split(BETWEEN)
    .filter((word) => word !== '');
}

// oxlint-disable-next-line no-control-regex -- ASCII begins with them
const IS_ASCII = /^[\u0000-\u007F]*$/;
const BETWEEN = /[^\p{L}\p{N}]+/u;
