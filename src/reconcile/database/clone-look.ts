/** A clone as RDS tells of it. */
export interface CloneSight {
  /** RDS's own word: `available`, `creating`. */
  readonly status: string;
  readonly endpoint: string | null;
  readonly port: number | null;
  /** Aurora capacity units; `autoPauseSeconds` is null where it never pauses. Null for one that does not scale by itself. */
  readonly limits: { readonly min: number; readonly max: number; readonly autoPauseSeconds: number | null } | null;
}

/** What was measured of a clone last; null where nothing was, or it may not be read. */
export interface CloneFigures {
  /** Aurora capacity units; 0 while it is paused. */
  readonly capacity: number | null;
  /** What its volume holds by itself: pages that it shares with its source are counted at the source. */
  readonly volumeBytes: number | null;
}

/** One look at a clone, in the account. Both methods throw `TransientError` and `TerminalError`. */
export interface CloneLook {
  /** Undefined when there is no such cluster. */
  see(identifier: string): Promise<CloneSight | undefined>;
  /** Metrics that cannot be read are null: nothing is thrown because of them. */
  measure(identifier: string): Promise<CloneFigures>;
  /** The master user's, as the secret of that name holds them; undefined while there are none. They are told to nobody. */
  credentials(secretName: string): Promise<{ readonly user: string; readonly password: string } | undefined>;
}
