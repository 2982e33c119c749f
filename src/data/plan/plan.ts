import type { Check, ColumnKind } from '../schema/model.ts';

/** A column by which the rows of a table are walked. */
export interface KeyColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

export interface Assignment {
  readonly column: string;
  readonly sql: string;
}

/** Rows that go by a rule of the table itself. */
export interface Removal {
  readonly table: string;
  /** In SQL; undefined takes all. */
  readonly condition: string | undefined;
}

/** What becomes of rows whose parent went. */
export interface OrphanRule {
  readonly table: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
  readonly action: 'delete' | 'null';
}

/** A work table with every value of a group of columns and the one that takes its place, each of them once. */
export interface ValueMap {
  /** Of the work table. */
  readonly name: string;
  /** The longest of them; the map has its type and collation. */
  readonly root: { readonly table: string; readonly column: string };
  readonly others: readonly { readonly table: string; readonly column: string }[];
  /** The masked value of the root's column, at the attempt that `@mayfly_attempt` says. */
  readonly attemptSql: string;
  /** The collation of the originals in it, or `binary`; undefined: that of the column. */
  readonly comparedAs?: string | undefined;
  /** As many different values as its mask can give, at most, the empty text aside; undefined where nobody can say. */
  readonly mostValues?: number | undefined;
}

/** The values of a column that are not NULL, to be dealt anew among the rows that have one. */
export interface Shuffle {
  /** Of the two work tables, with `_from` and `_to` behind it. */
  readonly name: string;
  readonly table: string;
  readonly column: string;
}

/** What is done with one table, once rows are removed. */
export interface TablePlan {
  readonly table: string;
  /** Empty where no step needs one. */
  readonly key: readonly KeyColumn[];
  /** `rewrite`: the masked rows go into a work table, and back once the table is empty. */
  readonly strategy: 'none' | 'update' | 'rewrite';
  /** An update becomes a rewrite, should one of these maps give a row what another row still has. */
  readonly maps: readonly string[];
  /** All that may be written, in the table's order. */
  readonly columns: readonly string[];
  /** For `update`, none reads a column that one before it assigned. */
  readonly assignments: readonly Assignment[];
  /** Columns that follow updates, and must not. */
  readonly held: readonly string[];
  readonly shuffles: readonly Shuffle[];
  /** Those that look at what is masked, and at no generated column. */
  readonly checks?: readonly Check[] | undefined;
  readonly isTruncated: boolean;
  /** Whether a rule or a foreign key may take rows away. */
  readonly losesRows: boolean;
  readonly estimatedRows: number;
}

/** All that a run does, in the order of the members. Plain data: a run that was killed goes on with the one in its journal. */
export interface Plan {
  readonly database: string;
  readonly removals: readonly Removal[];
  readonly orphans: readonly OrphanRule[];
  readonly maps: readonly ValueMap[];
  /** One for each table of the schema. */
  readonly tables: readonly TablePlan[];
}

/** Why there can be no plan: all that is wrong, a sentence each. */
export interface PlanProblems {
  readonly problems: readonly string[];
}
