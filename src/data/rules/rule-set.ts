/** Something that looks like what it stands for and is nobody's. */
export type FakeKind =
  | 'given-name'
  | 'family-name'
  | 'full-name'
  | 'company'
  | 'email'
  | 'phone'
  | 'address-line'
  | 'town'
  | 'postcode'
  | 'vrm'
  | 'licence-number'
  | 'login';

/** What becomes of one value. NULL stays NULL under all of them but `constant`, and an empty text stays empty. */
export type Mask =
  /** As it is, and why that may be. */
  | { readonly kind: 'keep'; readonly reason: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'fake'; readonly of: FakeKind }
  /** Hexadecimal digits, as many as asked for and the column takes. */
  | { readonly kind: 'hash'; readonly length: number | undefined }
  /** Digits become other digits, all else stays: of equal form, equal for equal, different for different. */
  | { readonly kind: 'digits' }
  /** The column's own values, dealt anew among its rows. */
  | { readonly kind: 'shuffle' }
  /**
   * Moved by a whole number of days, at most so many either way; the time of day stays. By how many, its day decides, or
   * the value of the column that is named: all dates beside equal values move together.
   */
  | { readonly kind: 'date-shift'; readonly maxDays: number; readonly with?: string }
  /** Words that say nothing, as many characters as before. */
  | { readonly kind: 'text' }
  /** Fields of a JSON document, each by its path (`$.contact.email`, `$.people[*].name`); all others as they are, and why. */
  | { readonly kind: 'json'; readonly fields: readonly MaskedField[]; readonly others: FieldsElsewhere }
  /** Elements and attributes of an XML document (`/licence/holder`, `/licence/@number`). */
  | { readonly kind: 'xml'; readonly fields: readonly MaskedField[]; readonly others: FieldsElsewhere }
  /** The first whose condition holds, else `otherwise`. */
  | { readonly kind: 'cases'; readonly cases: readonly Case[]; readonly otherwise: Mask };

export interface MaskedField {
  readonly path: string;
  readonly mask: Mask;
}

/** `text`: every other text within is replaced, and structure, numbers and truth values stay. */
export type FieldsElsewhere = 'text' | { readonly keep: string };

export interface Case {
  /** A condition in SQL over the columns of the row, as they were. */
  readonly when: string;
  readonly mask: Mask;
}

/** Which rows of a table stay. */
export type RowRule =
  | { readonly kind: 'truncate' }
  /** Rows younger than so many years, by this column; those without a value stay. Counted back from the run's `asOf`. */
  | { readonly kind: 'keep-years'; readonly column: string; readonly years: number }
  /** A condition in SQL. */
  | { readonly kind: 'delete-where'; readonly condition: string };

export interface ColumnRule {
  readonly column: string;
  readonly mask: Mask;
  /**
   * Columns of one domain give equal values for equal originals, across tables. Without one, the mask itself is the
   * domain: two columns faked as `family-name` agree.
   */
  readonly domain: string | undefined;
}

export interface TableRules {
  readonly table: string;
  readonly rows: readonly RowRule[];
  /** What becomes of rows whose parent was deleted: undefined leaves it to the foreign key, and one that says nothing refuses. */
  readonly orphans: 'delete' | 'null' | undefined;
  readonly columns: readonly ColumnRule[];
}

/** Columns that stay as they are, by pattern: `*.id`, `ref_data.*`. A rule of the column itself comes first. */
export interface KeptColumns {
  readonly columns: readonly string[];
  readonly reason: string;
}

/** A question about the result whose answer must be what stands here; it is asked last. */
export interface SmokeQuery {
  readonly name: string;
  readonly sql: string;
  /** The first column of the first row. */
  readonly atLeast: number | undefined;
  readonly equals: string | number | undefined;
}

/** What a person may say of a finding of the scan, so that it is none. */
export interface AllowedFinding {
  readonly table: string;
  readonly column: string;
  readonly detector: string;
  readonly reason: string;
}

/** Databases of the server that stay beside the one that is masked; `*` is any text. */
export interface KeptDatabases {
  readonly names: readonly string[];
  readonly reason: string;
}

/** A rule set as it was written, names not yet compared with any database. */
export interface RuleSet {
  readonly version: 1;
  readonly tables: readonly TableRules[];
  readonly keep: readonly KeptColumns[];
  readonly otherDatabases: readonly KeptDatabases[];
  readonly smoke: readonly SmokeQuery[];
  readonly allow: readonly AllowedFinding[];
}
