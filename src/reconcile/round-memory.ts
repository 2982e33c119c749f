import type { DeliveryAttempt } from './delivery-log.ts';

/** A webhook that did not arrive, as far as is known, and was not taken in. */
export interface Undelivered {
  readonly guid: string;
  /** The attempt by which it can be asked for. */
  readonly attemptId: number;
  readonly timesAsked: number;
  readonly askedAt: Date | null;
}

/** What the rounds through GitHub remember, for all processes of the cluster. */
export interface RoundMemory {
  /** True for one caller of all, and then for nobody until so many seconds of Mayfly's clock have passed. */
  claimRound(now: Date, everySeconds: number): Promise<boolean>;
  /** Up to when GitHub's log of deliveries was read, by GitHub's clock; null before the first time. */
  deliveriesReadUntil(): Promise<Date | null>;
  /**
   * Writes down what a reading of the log showed, all of it or nothing: what arrived is forgotten, by whichever attempt,
   * and so is what failed before `keptSince`, which GitHub has no longer.
   */
  noteDeliveries(read: {
    readonly arrived: readonly string[];
    readonly failed: readonly DeliveryAttempt[];
    readonly readUntil: Date;
    readonly keptSince: Date;
  }): Promise<void>;
  /** Those that failed and that no process has taken in, oldest first. */
  undelivered(): Promise<readonly Undelivered[]>;
  noteAsked(guid: string, at: Date): Promise<void>;
}
