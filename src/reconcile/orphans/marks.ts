import type { EnvironmentOwner } from '../../domain/environment.ts';
import type { EstateThing } from './estate.ts';
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

/**
 * Something that a look gave over to its environment's own turn, to be deleted there. It is good until the next look, which
 * finds out anew, and for as long as everything is as that look found it.
 */
export interface Condemned {
  readonly sighting: Sighting;
  readonly owner: EnvironmentOwner;
  readonly thing: EstateThing;
  /** `Intent.generation` of its environment when the look judged it; null where no record knew the environment. */
  readonly generation: number | null;
}

/** What the sweep remembers between its looks, for all processes. */
export interface SweepMarks {
  /**
   * True for one caller in `everySeconds`, and for whoever asks after a clock was set back: the looks are the cluster's,
   * not a process's.
   */
  claimLook(now: Date, everySeconds: number): Promise<boolean>;
  /**
   * Notes a look at everything: what was seen has one look more, and what was not is forgotten; nothing is condemned any
   * more. Answers all marks.
   */
  noteLook(seen: readonly Sighting[], now: Date): Promise<readonly Mark[]>;
  noteTold(things: readonly string[], now: Date): Promise<void>;
  /** Of things that the last look noted; others are passed over. */
  condemn(condemned: readonly Condemned[]): Promise<void>;
  /** Of one environment, or of all, in the order of their names. */
  condemned(environmentId?: string): Promise<readonly Condemned[]>;
}
