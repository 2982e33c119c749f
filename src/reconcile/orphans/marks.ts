import type { OrphanReason } from './orphan.ts';

/** Something that nothing keeps, as a look found it. */
export interface Sighting {
  /** The same for the same thing from look to look: its kind and what it is released by. */
  readonly thing: string;
  readonly environmentId: string;
  readonly reason: OrphanReason;
}

export interface Mark extends Sighting {
  readonly firstSeenAt: Date;
  readonly looks: number;
  /** When somebody was told; null until then. */
  readonly toldAt: Date | null;
}

/** What the sweep remembers between its looks, for all processes. */
export interface SweepMarks {
  /**
   * True for one caller in `everySeconds`, and for whoever asks after a clock was set back: the looks are the cluster's,
   * not a process's.
   */
  claimLook(now: Date, everySeconds: number): Promise<boolean>;
  /** Notes a look at everything: what was seen has one look more, and what was not is forgotten. Answers all marks. */
  noteLook(seen: readonly Sighting[], now: Date): Promise<readonly Mark[]>;
  noteTold(things: readonly string[], now: Date): Promise<void>;
}
