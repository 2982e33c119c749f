import type { SignedPassport } from '../../domain/passport.ts';
import type { SourceSnapshot } from '../../domain/source.ts';
import type { SignedShape } from '../../domain/source-shape.ts';
import type { Clock } from '../clock.ts';
import type { SchemaMemory } from '../database/schema-memory.ts';
import type { SourceStore } from './source-store.ts';

/** A source's cluster as it is wanted. */
export interface WantedSource {
  readonly id: string;
  readonly snapshot: SourceSnapshot;
  /**
   * Of the cluster as it was seen before. With one, nothing is restored: what stands under the name by then holds data that
   * nobody masked.
   */
  readonly resourceId: string | null;
}

export type SourceLook =
  /** Its snapshot is not there, and there is no cluster yet. */
  | { readonly state: 'no-snapshot' }
  /** The cluster that was seen before is not there, or another stands under its name. */
  | { readonly state: 'lost' }
  /** `resourceId` is null until the cluster takes an instance. */
  | { readonly state: 'pending'; readonly resourceId: string | null; readonly waitingFor: string }
  | {
      readonly state: 'ready';
      readonly resourceId: string;
      readonly endpoint: string;
      readonly port: number;
      readonly user: string;
    };

/**
 * Clusters of sources, each with its one instance. All may be called any number of times, by a process that died half way
 * through the last call, and by two at once. They throw `TransientError` and `TerminalError`. Nothing of a name of ours is
 * changed or deleted unless its tags prove it a source of this platform: `NameTaken` and `NotOurs`.
 */
export interface SourceClusters {
  /** Takes the next step towards a cluster that takes connections: restored, started when it is stopped, its instance made. */
  ensure(wanted: WantedSource): Promise<SourceLook>;
  /** Gives the cluster the master password that the task knows. Given twice, it is the same one. */
  setPassword(id: string): Promise<void>;
  /** Takes the next step of its deletion; true once RDS says that there is neither cluster nor instance. */
  release(id: string): Promise<boolean>;
}

export interface Snapshots {
  /** Those that can be restored now, in no order; empty when there are none, and when the cluster they are of is not there. */
  available(): Promise<readonly SourceSnapshot[]>;
}

/** What the task is told of the source that it masks. */
export interface MaskOrder {
  readonly id: string;
  readonly snapshot: SourceSnapshot;
  readonly attempt: number;
  /** Of this attempt, when it is known. */
  readonly taskArn: string | null;
  readonly endpoint: string;
  readonly port: number;
  /** The master user. */
  readonly user: string;
}

export type TaskLook =
  /** None was started for this source and attempt; or it was, and is known no longer, as an hour after its end. */
  | { readonly state: 'absent' }
  | { readonly state: 'running'; readonly taskArn: string }
  /** `exitCode` is null when it did not end by itself. `cause` is part of a sentence, without a final stop. */
  | {
      readonly state: 'ended';
      readonly taskArn: string;
      readonly exitCode: number | null;
      readonly cause: string;
      /** Its last lines. */
      readonly lines: readonly string[];
    };

/** The task that masks and verifies. One of a source and attempt is found again by what it was started with. */
export interface AnonymiseTask {
  observe(order: MaskOrder): Promise<TaskLook>;
  /** Started twice for one source and attempt, there is one. Returns its ARN. */
  start(order: MaskOrder): Promise<string>;
  /** One that is not there or has ended is no error. */
  stop(taskArn: string): Promise<void>;
}

export interface PassportReader {
  /** What the task wrote; undefined when it is not there, or not yet. Nothing is verified. */
  read(taskArn: string): Promise<SignedPassport | undefined>;
}

export interface ShapeReader {
  /** What the task said of the source's schema; undefined where it said nothing. Nothing is verified. */
  shape(taskArn: string): Promise<SignedShape | undefined>;
}

export interface SourcePorts {
  readonly store: SourceStore;
  readonly clusters: SourceClusters;
  readonly snapshots: Snapshots;
  readonly task: AnonymiseTask;
  readonly passports: PassportReader;
  readonly shapes: ShapeReader;
  readonly memory: Pick<SchemaMemory, 'learn'>;
  readonly clock: Clock;
}

export interface SourceSettings {
  /** The platform's name. */
  readonly platform: string;
  /** PEM of an Ed25519 key. */
  readonly publicKey: string;
  /** As cron writes it, in UTC; null for none. */
  readonly schedule: string | null;
  readonly keepDays: number;
  /** How long what failed is left for somebody to look at. */
  readonly failedSeconds: number;
  /** A task that runs longer is stopped. */
  readonly maskSeconds: number;
}
