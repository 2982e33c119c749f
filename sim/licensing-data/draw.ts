/** Numbers that look drawn and follow from a seed. */
export interface Draw {
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
  /** True one time in so many. */
  oneIn(many: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** `2019-04-30`, of a year between those two, both among them. */
  day(first: number, last: number): string;
  /** `2019-04-30 17:05:09`. */
  moment(first: number, last: number): string;
  /** `count` characters of those. */
  text(characters: string, count: number): string;
}

/** The same for the same seed, name and id: what one table says of a person another one can say too. */
export function drawFor(seed: number, name: string, id: number): Draw {
  let state = mixed(mixed(textHash(name), seed), id);
  function below(limit: number): number {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * limit);
  }
  function pick<T>(list: readonly T[]): T {
    const picked = list[below(list.length)];
    if (picked === undefined) {
      throw new Error('nothing can be picked from an empty list');
    }
    return picked;
  }
  const two = (number: number) => String(number).padStart(2, '0');
  const day = (first: number, last: number) =>
    `${first + below(last - first + 1)}-${two(1 + below(12))}-${two(1 + below(28))}`;
  return {
    below,
    pick,
    day,
    oneIn: (many) => below(many) === 0,
    moment: (first, last) => `${day(first, last)} ${two(below(24))}:${two(below(60))}:${two(below(60))}`,
    text: (characters, count) => Array.from({ length: count }, () => characters[below(characters.length)]).join(''),
  };
}

/** FNV-1a. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash;
}

function mixed(hash: number, number: number): number {
  const value = Math.imul(hash ^ number, 0x85ebca6b);
  return Math.imul(value ^ (value >>> 13), 0xc2b2ae35) ^ (value >>> 16);
}
