import type { Tags } from '../tag-index.ts';

export interface SecretVersion {
  readonly id: string;
  readonly value: SecretValue;
  readonly createdAt: Date;
  /** `AWSCURRENT`, `AWSPREVIOUS` and labels of the caller's own; each stands on one version at a time. */
  readonly stages: Set<string>;
}

export interface SecretValue {
  readonly text: string | undefined;
  readonly binary: Uint8Array | undefined;
}

export interface Secret {
  readonly name: string;
  /** Ends in six random characters that a re-created secret of the same name does not share. */
  readonly arn: string;
  readonly createdAt: Date;
  changedAt: Date;
  description: string | undefined;
  kmsKeyId: string | undefined;
  /** The resource policy as it was put. */
  policy: string | undefined;
  tags: Tags;
  /** By id, oldest first. */
  readonly versions: Map<string, SecretVersion>;
  /** Set while it is marked for deletion: when `DeleteSecret` was called. The name stays taken until it is gone. */
  deletedAt: Date | undefined;
  cancelDeletion: (() => void) | undefined;
}

/** Everything Secrets Manager holds in this account and Region, by name. */
export interface SecretsManagerState {
  readonly secrets: Map<string, Secret>;
}

export function createSecretsManagerState(): SecretsManagerState {
  return { secrets: new Map() };
}
