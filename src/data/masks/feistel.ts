/** Two halves of a number: the expression of each, and how many there are. */
export interface Half {
  readonly sql: string;
  readonly size: string | number;
}

/** The digest of an expression's text. */
export type Keyed = (text: string) => string;

/**
 * Two rounds of a Feistel network over the product of two ranges, by modular addition, so it is a permutation of that
 * product whatever the digest gives. The second round moves `right` by at least one: no value stays as it is. Three
 * digests, as an expression has no variables; a third round would take six. Who knows no key has to know originals of a
 * good part of all halves before one more number follows from them. `right.size` is at least 2.
 */
export function permute(left: Half, right: Half, keyed: Keyed): readonly [string, string] {
  const first = `((${left.sql}+${round('1', right.sql, keyed)})%${left.size})`;
  const second = `((${right.sql}+1+${round('2', first, keyed)}%(${right.size}-1))%${right.size})`;
  return [first, second];
}

function round(name: string, other: string, keyed: Keyed): string {
  return `CRC32(${keyed(`CONCAT('${name}.',${other})`)})`;
}
