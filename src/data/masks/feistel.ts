/** Two halves of a number: the expression of each, and how many there are. */
export interface Half {
  readonly sql: string;
  readonly size: string | number;
}

/** The digest of what an expression gives, by a label of plain ASCII that tells it from all other uses. */
export type Keyed = (label: string, value: string) => string;

/**
 * Three rounds of a Feistel network over the product of two ranges, by modular addition, so it is a permutation of that
 * product whatever the digest gives. The middle round moves `right` by at least one: no value stays as it is. Six digests,
 * as an expression has no variables. Two rounds would take three, and tell by how much the left halves of two numbers
 * differ whose right halves are the same. `right.size` is at least 2.
 */
export function permute(left: Half, right: Half, keyed: Keyed): readonly [string, string] {
  return furtherRounds(firstRound(left, right, keyed), { left, right }, keyed);
}

/** What the left half becomes by the right one: a number below `left.size`. */
export function firstRound(left: Half, right: Half, keyed: Keyed): string {
  return `((${left.sql}+${round('1', right.sql, keyed)})%${left.size})`;
}

/** Both halves after the second round and the third, by what the first one gave. */
export function furtherRounds(
  first: string,
  { left, right }: { readonly left: Pick<Half, 'size'>; readonly right: Half },
  keyed: Keyed,
): readonly [string, string] {
  const second = `((${right.sql}+1+${round('2', first, keyed)}%(${right.size}-1))%${right.size})`;
  const third = `((${first}+${round('3', second, keyed)})%${left.size})`;
  return [third, second];
}

function round(name: string, other: string, keyed: Keyed): string {
  return `CRC32(${keyed(`${name}.`, other)})`;
}
