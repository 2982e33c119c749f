import { domainOf } from '../rules/domain-of.ts';
import type { MaskedField } from '../rules/rule-set.ts';
import type { Drafted, Target } from './target.ts';

/** What puts any mask into SQL; handed in, as documents and their fields are masked by each other. */
export type DraftMask = (target: Target, mask: MaskedField['mask']) => Drafted;

/** The longest text in a field that a mask of texts with a bound is worked out for; what is beyond is cut off. */
const LONGEST = 255;
const COMPARED_AS = 'utf8mb4_general_ci';

/** A field of a document as something to be masked: text, in the domain of its mask, so that it agrees with columns. */
export function fieldTarget({ column, place, label }: Target, { path, mask }: MaskedField, value: string): Target {
  const isLong = mask.kind === 'text' || mask.kind === 'hash';
  const collation = place.comparedAs ?? COMPARED_AS;
  return {
    value: `(CONVERT(${value} USING utf8mb4) COLLATE ${collation})`,
    label: `${label} ${path}`,
    column: {
      ...column,
      kind: 'text',
      columnType: 'a field of a document',
      maxLength: isLong ? undefined : LONGEST,
      charset: 'utf8mb4',
      collation,
    },
    place: { ...place, domain: domainOf(mask) },
  };
}
