import type { FakeKind } from '../rules/rule-set.ts';
import type { Table } from '../schema/model.ts';

/** What a proposal says of one column. */
export type Suggestion =
  | { readonly kind: 'keep'; readonly reason: string }
  | { readonly kind: 'fake'; readonly of: FakeKind }
  | { readonly kind: 'digits' | 'text' | 'null' }
  | { readonly kind: 'hash'; readonly length: number }
  | { readonly kind: 'date-shift'; readonly maxDays: number }
  | { readonly kind: 'json'; readonly fields: readonly (readonly [string, Suggestion])[] }
  /** A pattern of the rule set says it. */
  | { readonly kind: 'elsewhere' }
  /** It becomes what the column becomes to which a foreign key refers, where that is masked. */
  | { readonly kind: 'follows' }
  /** Nobody knows: the run is refused until a person decides. */
  | { readonly kind: 'unknown' };

export interface ColumnProposal {
  readonly column: string;
  readonly suggestion: Suggestion;
  /** Why, for the person who reviews it. No value stands in it. */
  readonly because: string;
}

export interface TableProposal {
  readonly table: Table;
  readonly columns: readonly ColumnProposal[];
}

/** A rule set for a person to review. */
export interface Proposal {
  /** YAML, in which each place that waits for a decision is marked with TODO. */
  readonly text: string;
  /** The same places, each as `table.column: why`, in their order. Nothing runs until all are decided. */
  readonly undecided: readonly string[];
}
