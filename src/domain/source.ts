import { shortDigest } from './digest.ts';
import { SOURCE_NAME } from './naming.ts';
import type { SignedPassport } from './passport.ts';

/** A snapshot of a cluster, as it can be restored. */
export interface SourceSnapshot {
  readonly arn: string;
  /** The cluster that it is of. */
  readonly cluster: string;
  readonly takenAt: Date;
  /** `aurora-mysql`, and its version. */
  readonly engine: string;
  readonly engineVersion: string;
}

/** Why a source will never be put in service. */
export interface SourceFailure {
  readonly at: Date;
  /** One word, for machines: `TaskFailed`. */
  readonly reason: string;
  /** Sentences, for people: what, where, and what to do. Nobody's value stands in them. */
  readonly message: string;
}

/** One run of the task that masks. A run that was killed is followed by another, which goes on from its journal. */
export interface MaskRun {
  /** From 1. */
  readonly attempt: number;
  /** Null until it is known that it was started. */
  readonly taskArn: string | null;
  readonly askedAt: Date;
  /** When it was seen to have ended well. */
  readonly endedAt: Date | null;
}

/**
 * One source as Mayfly makes it: a cluster of its own, restored, masked and proven. What is written of it are facts with
 * their instants; where it stands is derived from them, by `sourceState`.
 */
export interface SourceVersion {
  /** The identifier of its cluster as well. */
  readonly id: string;
  readonly snapshot: SourceSnapshot;
  /** A login, or `schedule`. */
  readonly askedBy: string;
  readonly begunAt: Date;
  /** What RDS knows the cluster by for good: one made anew under its name has another. Null until there is one. */
  readonly resourceId: string | null;
  /** When each was first seen to be there. */
  readonly clusterAt: Date | null;
  readonly instanceAt: Date | null;
  /** When its master password was changed: the snapshot's own is that of production. */
  readonly passwordAt: Date | null;
  readonly run: MaskRun | null;
  readonly passport: SignedPassport | null;
  /** When the passport was read and found good. */
  readonly provenAt: Date | null;
  /** When it was last put in service. */
  readonly servedAt: Date | null;
  /** When another was put in service in its stead; null while it is in service. */
  readonly replacedAt: Date | null;
  readonly failure: SourceFailure | null;
  /** From when on its cluster goes. */
  readonly retiredAt: Date | null;
  /** When its cluster was seen gone. */
  readonly goneAt: Date | null;
  /** What it waits for, for people; empty when there is nothing to say. */
  readonly message: string;
  /** Grows with each write: who read an older one writes nothing. */
  readonly revision: number;
}

export type SourceState =
  | 'restoring'
  | 'instance'
  | 'anonymising'
  | 'verifying'
  | 'proven'
  | 'in-service'
  | 'previous'
  | 'failed'
  | 'retiring'
  | 'gone';

/** Where a source stands, in one word. */
export function sourceState(version: SourceVersion): SourceState {
  if (version.goneAt) {
    return 'gone';
  }
  if (version.retiredAt) {
    return 'retiring';
  }
  if (version.failure) {
    return 'failed';
  }
  if (version.servedAt) {
    return version.replacedAt ? 'previous' : 'in-service';
  }
  return stateBeforeService(version);
}

function stateBeforeService({ provenAt, run, instanceAt, clusterAt }: SourceVersion): SourceState {
  if (provenAt) {
    return 'proven';
  }
  if (run?.endedAt) {
    return 'verifying';
  }
  if (instanceAt) {
    return 'anonymising';
  }
  return clusterAt ? 'instance' : 'restoring';
}

/** What is to be done next with a source that is on its way; null with every other. */
export type SourceStep = 'restore' | 'password' | 'mask' | 'prove' | 'promote';

export function nextStep(version: SourceVersion): SourceStep | null {
  if (!isUnderWay(version)) {
    return null;
  }
  if (version.provenAt) {
    return 'promote';
  }
  if (version.run?.endedAt) {
    return 'prove';
  }
  if (version.passwordAt) {
    return 'mask';
  }
  return version.instanceAt ? 'password' : 'restore';
}

/** One at a time is: begun, and neither in service, nor failed, nor given up. */
export function isUnderWay({ servedAt, failure, retiredAt, goneAt }: SourceVersion): boolean {
  return !(servedAt || failure || retiredAt || goneAt);
}

/**
 * A new source's identifier: `nonprod-source-20261120-3f9a`. Pure, so that a retried restore meets its own first attempt.
 * A cluster's identifier is at most 63 letters, digits and single hyphens (RestoreDBClusterFromSnapshot, RDS API
 * reference), and a platform's name at most 16. `earlier`: how many were made of that snapshot before.
 */
export function sourceId(of: { platform: string; at: Date; snapshotArn: string; earlier: number }): string {
  const date = of.at.toISOString().slice(0, 10).replaceAll('-', '');
  return `${of.platform}-${SOURCE_NAME}-${date}-${shortDigest(`${of.snapshotArn} ${date} ${of.earlier}`, 4)}`;
}

/** The day whose data it holds: `2026-11-20`. */
export function sourceDay({ snapshot }: Pick<SourceVersion, 'snapshot'>): string {
  return snapshot.takenAt.toISOString().slice(0, 10);
}

/** The one taken last; of two of one instant, the one whose ARN is last. */
export function newestSnapshot(snapshots: readonly SourceSnapshot[]): SourceSnapshot | undefined {
  return snapshots.toSorted((a, b) => b.takenAt.getTime() - a.takenAt.getTime() || (a.arn < b.arn ? 1 : -1))[0];
}
