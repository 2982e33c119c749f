import type { Credentials } from './conversion.ts';

/** Keeps an app's credentials where Mayfly will read them. */
export interface Keeper {
  /** Throws a sentence for a person unless `keep` can be done; called before the app is registered. Changes nothing. */
  check(): Promise<void>;
  /** Overwrites nothing that it was not told to. Resolves with where they are, as a sentence. */
  keep(credentials: Credentials): Promise<string>;
}
