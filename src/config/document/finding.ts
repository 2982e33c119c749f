/** Where in the file: keys and indices from the top. */
export type FieldPath = readonly (string | number)[];

/** Something wrong with the file, before its line is looked up. */
export interface Finding {
  readonly field: FieldPath;
  readonly message: string;
  /** What stands there, for people; null when nothing does, or when it says nothing. */
  readonly found: string | null;
  readonly allowed: string | null;
  /** Whether the key itself is meant, and not what it holds. */
  readonly atKey?: boolean;
}
