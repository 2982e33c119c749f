import type { Mask } from '../rules/rule-set.ts';

/** Below this, what was seen is no chance. Of a hundred thousand columns, one is told of wrongly. */
const UNLIKELY = 1e-5;
/** So many different values, and a case that should mask some of them met none. */
const TELLING_VALUES = 5;
/** Shorter values are masked into themselves too often to say anything. */
const TELLING_LENGTH = 6;

/**
 * How likely a mask gives a value back as it was, at most; undefined where it may well do so, and nothing follows. The
 * figures are guesses to the safe side: names are drawn from lists of hundreds at least.
 */
export function chanceOfSame(mask: Mask): number | undefined {
  if (mask.kind === 'cases') {
    return chanceOfCases([...mask.cases.map((each) => each.mask), mask.otherwise]);
  }
  if (mask.kind === 'date-shift') {
    return 1 / (2 * mask.maxDays + 1);
  }
  if ((mask.kind === 'json' || mask.kind === 'xml') && mask.others !== 'text') {
    return undefined;
  }
  return (mask.kind === 'fake' ? CHANCE_OF_FAKE[mask.of] : undefined) ?? CHANCES[mask.kind];
}

const CHANCES: Readonly<Partial<Record<Mask['kind'], number>>> = {
  fake: 1e-12,
  null: 1e-12,
  hash: 1e-12,
  text: 1e-6,
  json: 1e-6,
  xml: 1e-6,
  digits: 1e-4,
};
const CHANCE_OF_FAKE: Readonly<Record<string, number>> = {
  'given-name': 0.02,
  'family-name': 0.01,
  town: 0.02,
  company: 0.01,
  'full-name': 1e-4,
  phone: 1e-4,
  'address-line': 0.01,
};

/** Where one case keeps and another masks, any value may stay, and all of them may not: that is 1. */
function chanceOfCases(masks: readonly Mask[]): number | undefined {
  const chances = masks.map(chanceOfSame);
  return chances.every((chance) => chance === undefined)
    ? undefined
    : Math.max(...chances.map((chance) => chance ?? 1));
}

/** Whether a value says something when it comes back. Names may be short: they are judged by how many come back. */
export function isTelling(value: string, mask: Mask): boolean {
  if (mask.kind === 'digits') {
    return value.replaceAll(/\D/g, '').length >= TELLING_LENGTH;
  }
  if (mask.kind === 'json' || mask.kind === 'xml') {
    return /[\p{L}]{4}/u.test(value);
  }
  return mask.kind === 'text' || mask.kind === 'hash' ? value.length >= TELLING_LENGTH : value !== '';
}

/** Whether `same` of `looked` different values may well be as before by chance alone. Chernoff's bound of the binomial's tail. */
export function isByChance({ same, looked, chance }: { same: number; looked: number; chance: number }): boolean {
  if (chance === 1) {
    return same < looked || looked < TELLING_VALUES;
  }
  if (same === 0 || same <= looked * chance) {
    return true;
  }
  const share = same / looked;
  const rest = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - chance));
  return Math.exp(-looked * (share * Math.log(share / chance) + rest)) > UNLIKELY;
}
