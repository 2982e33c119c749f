import type { Mask } from '../rules/rule-set.ts';
import type { Column } from '../schema/model.ts';

/** What a mask is put into SQL for. */
export interface MaskPlace {
  readonly table: string;
  readonly column: Column;
  readonly mask: Mask;
  /** Equal texts in one domain come out equal. */
  readonly domain: string;
  /** All columns of the table: a mask of `cases` reads those that its conditions mention. */
  readonly columnsOfTable?: readonly Column[];
  /**
   * The collation by which all texts of the domain are compared, where its columns have several; of a `_bin` one, or
   * `binary`, the bytes in UTF-8. Undefined: by the column's own.
   */
  readonly comparedAs?: string | undefined;
}

/** A mask as an expression over the row as it was. Never holds the key: the session has that in `@mayfly_key`. */
export interface MaskSql {
  readonly sql: string;
  /** Columns that it reads, its own among them. */
  readonly reads: readonly string[];
  /**
   * Whether different values come out different: by construction, or with a chance of a collision below one in 10^9 for
   * a hundred million values. Where it is not, a unique column needs a map of all its values. True for `null`, too: NULLs
   * are in no unique key's way.
   */
  readonly isInjective: boolean;
  /**
   * What the nth attempt gives for a value, `attempt` being a number in SQL; for the map, when `isInjective` is false.
   * Attempt 0 gives what `sql` gives. Undefined where there can be only one.
   */
  readonly attemptSql: ((attempt: string) => string) | undefined;
  /** Within so many characters, or bytes of binary, different ones of all attempts differ; undefined where nobody can say. */
  readonly distinctWithin?: number | undefined;
  /** As many different values as all attempts can give, at most, the empty text aside; undefined where nobody can say. */
  readonly mostValues?: number | undefined;
}

/** A mask that cannot be used for this column, in a sentence that names what is wrong and what would do. */
export interface MaskProblem {
  readonly problem: string;
}

export type CompiledMask = MaskSql | MaskProblem;
