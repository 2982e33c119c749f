import type { Mask } from './rule-set.ts';

/** The domain of a mask for which the rule names none: two columns of one mask agree. */
export function domainOf(mask: Mask): string {
  return mask.kind === 'fake' ? `fake ${mask.of}` : mask.kind;
}
