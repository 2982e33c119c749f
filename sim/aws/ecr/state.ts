import type { EncryptionConfiguration } from '@aws-sdk/client-ecr';
import type { Tags } from '../tag-index.ts';

export interface Image {
  readonly digest: string;
  readonly manifest: string;
  readonly mediaType: string;
  readonly pushedAt: Date;
  readonly sizeInBytes: number;
  /** A tag belongs to one image of a repository at a time. */
  readonly tags: Set<string>;
}

export interface Repository {
  readonly name: string;
  readonly arn: string;
  readonly uri: string;
  readonly createdAt: Date;
  readonly encryption: EncryptionConfiguration;
  scanOnPush: boolean;
  tagMutability: 'MUTABLE' | 'IMMUTABLE';
  /** As it was put. */
  lifecyclePolicy: string | undefined;
  tags: Tags;
  /** By digest. */
  readonly images: Map<string, Image>;
}

/** Everything Elastic Container Registry holds in this account and Region. */
export interface EcrState {
  readonly repositories: Map<string, Repository>;
}

export function createEcrState(): EcrState {
  return { repositories: new Map() };
}
