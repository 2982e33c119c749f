import type { FakeKind } from '../rules/rule-set.ts';

/** What a proposal says of one column. */
export type Suggestion =
  | { readonly kind: 'keep'; readonly reason: string }
  | { readonly kind: 'fake'; readonly of: FakeKind }
  | { readonly kind: 'digits' | 'text' | 'null' }
  | { readonly kind: 'hash'; readonly length: number }
  | { readonly kind: 'date-shift'; readonly maxDays: number }
  | { readonly kind: 'json'; readonly fields: readonly (readonly [string, Suggestion])[] }
  /** A pattern of the rule set or a foreign key says it. */
  | { readonly kind: 'elsewhere' }
  /** Nobody knows: the run is refused until a person decides. */
  | { readonly kind: 'unknown' };

export interface ColumnProposal {
  readonly column: string;
  readonly suggestion: Suggestion;
  /** Why, for the person who reviews it. No value stands in it. */
  readonly because: string;
}
