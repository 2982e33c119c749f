import type { Tags } from '../tag-index.ts';

/** What a caller may say of an object beside its bytes, as the members of GetObject's answer. */
export type ObjectFacts = Readonly<Record<string, unknown>>;

/** One version of an object, or a marker that says it was deleted. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` for what was written while the bucket was not versioned. */
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  readonly body: Buffer;
  /** In double quotes. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly facts: ObjectFacts;
  /** By member name: `ChecksumCRC32`. */
  readonly checksums: Readonly<Record<string, string>>;
  tags: Tags;
}

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  /** By key; the newest version stands first, and no list is empty. */
  readonly objects: Map<string, ObjectVersion[]>;
  /** What Put... set of it, by the name of the setting: `Versioning`. */
  readonly settings: Map<string, Readonly<Record<string, unknown>>>;
  tags: Tags;
}

/** Everything S3 holds in this account. */
export interface S3State {
  readonly buckets: Map<string, Bucket>;
}

export function createS3State(): S3State {
  return { buckets: new Map() };
}
