/** Numbers that look random and follow from the seed alone: the same on every machine and in every version of Node. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  /** One of them; they must not be none. */
  pick<T>(from: readonly T[]): T;
  /** True so often. */
  chance(probability: number): boolean;
}

/** Mulberry32: 32 bits of state, which is plenty for stories of a few dozen steps. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick(from) {
      const picked = from[below(from.length)];
      if (picked === undefined) {
        throw new RangeError('there is nothing to pick from');
      }
      return picked;
    },
    chance: (probability) => next() < probability,
  };
}

/** A seed of its own for each of many stories: neighbours have nothing in common. */
export function seedOf(seed: number, index: number): number {
  return createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)).below(2 ** 31);
}
