/** Two halves of a number: the expression of each, and of how many there are. */
export interface Half {
  readonly sql: string;
  readonly size: string;
}

/** The digest of an expression's text. */
export type Keyed = (text: string) => string;

/**
 * Three rounds of a Feistel network over the product of two ranges, by modular addition, so it is a permutation of that
 * product whatever the digest gives. The middle round moves `right` by at least one: no value stays as it is. Six
 * digests. `right.size` is at least 2.
 */
export function permute(left: Half, right: Half, keyed: Keyed): readonly [string, string] {
  const first = add(left, round('1', right.sql, keyed));
  const second = `((${right.sql}+1+${round('2', first, keyed)}%(${right.size}-1))%(${right.size}))`;
  const third = `((${first}+${round('3', second, keyed)})%(${left.size}))`;
  return [third, second];
}

function add({ sql, size }: Half, number: string): string {
  return `((${sql}+${number})%(${size}))`;
}

function round(name: string, other: string, keyed: Keyed): string {
  return `CRC32(${keyed(`CONCAT('${name}.',${other})`)})`;
}
