/** A fake as a function of the value's digest, in a column of so many characters. A text says what it would need. */
export type Fake =
  | {
      /** `length`: about how many characters the value has, the same for equal values. */
      sql(digest: string, length: string): string;
      /** For further attempts, where `sql` has few to give: of more, at the cost of another digest. */
      wide?(digest: string): string;
      readonly digits?: number;
      /** As many different ones as all attempts can give, at most. */
      readonly most: number;
      /** In characters. */
      readonly longest: number;
    }
  | string;

export function needs(characters: number): string {
  return `it needs ${characters} characters`;
}
