import type { Mask } from '../rules/rule-set.ts';
import type { Column } from '../schema/model.ts';

/** What a mask is put into SQL for. */
export interface MaskPlace {
  readonly table: string;
  readonly column: Column;
  readonly mask: Mask;
  /** Equal texts in one domain come out equal. */
  readonly domain: string;
}

/** A mask as an expression over the row as it was. Never holds the key: the session has that in `@mayfly_key`. */
export interface MaskSql {
  readonly sql: string;
  /** Columns that it reads, its own among them. */
  readonly reads: readonly string[];
  /**
   * Whether different values come out different: by construction, or with a chance of a collision below one in 10^9 for
   * a hundred million values. Where it is not, a unique column needs a map of all its values.
   */
  readonly isInjective: boolean;
  /**
   * What the nth attempt gives for a value, `attempt` being a number in SQL; for the map, when `isInjective` is false.
   * Undefined where there can be only one.
   */
  readonly attemptSql: ((attempt: string) => string) | undefined;
}

/** A mask that cannot be used for this column, in a sentence that names what is wrong and what would do. */
export interface MaskProblem {
  readonly problem: string;
}

export type CompiledMask = MaskSql | MaskProblem;
