import type { Tags } from '../tag-index.ts';

/** Of one Region, symmetric, and with key material of KMS: the only kind there is here. */
export interface Key {
  readonly id: string;
  readonly arn: string;
  /** Stands for the key material, of which there is none. */
  readonly materialId: string;
  readonly createdAt: Date;
  readonly manager: 'AWS' | 'CUSTOMER';
  description: string;
  /** The one key policy, as it was sent. */
  policy: string;
  isEnabled: boolean;
  /** Undefined unless it is rotated by itself. */
  rotation: Rotation | undefined;
  /** Undefined unless it is pending deletion. */
  deletion: ScheduledDeletion | undefined;
  tags: Tags;
}

export interface Rotation {
  readonly periodDays: number;
  readonly since: Date;
}

export interface ScheduledDeletion {
  readonly at: Date;
  cancel(): void;
}

export interface Alias {
  /** Begins with `alias/`. */
  readonly name: string;
  readonly arn: string;
  keyId: string;
  readonly createdAt: Date;
  /** When it was last given a key. */
  updatedAt: Date;
}

/** Everything KMS holds in this account and Region. */
export interface KmsState {
  /** By id. */
  readonly keys: Map<string, Key>;
  /** By name. Those of AWS are here once they have a key. */
  readonly aliases: Map<string, Alias>;
}

export function createKmsState(): KmsState {
  return { keys: new Map(), aliases: new Map() };
}
