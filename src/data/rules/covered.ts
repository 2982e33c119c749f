import type { Column, Table } from '../schema/model.ts';
import type { Mask, RowRule } from './rule-set.ts';

/** A column and what becomes of it. */
export interface CoveredColumn {
  readonly column: Column;
  readonly mask: Mask;
  /** Equal texts in one domain come out equal: `fake family-name` where the rule names none. */
  readonly domain: string;
}

/** A table of the schema with a rule for each of its columns, in their order; generated ones have none, their values follow. */
export interface CoveredTable {
  readonly table: Table;
  readonly rows: readonly RowRule[];
  readonly orphans: 'delete' | 'null' | undefined;
  readonly columns: readonly CoveredColumn[];
}
