import { createHash } from 'node:crypto';
import type { CopyObjectOutput, CopyObjectRequest, PutObjectOutput, PutObjectRequest } from '@aws-sdk/client-s3';
import type { Tags } from '../tag-index.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { tagsIn } from './bucket-tags.ts';
import { checkedChecksums } from './checksums.ts';
import { checkWrite } from './conditions.ts';
import { bucketAsked } from './lookup.ts';
import { invalidArgument } from './refusals.ts';
import type { Bucket, ObjectFacts, ObjectVersion } from './state.ts';
import { addVersion, currentVersion, isVersioned, newVersionId, versionAsked } from './versions.ts';

const LONGEST_KEY_BYTES = 1024;
export const MOST_OBJECT_TAGS = 10;

/** Members that an object is asked to keep and that GetObject gives back. */
const KEPT = [
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'Expires',
  'Metadata',
  'StorageClass',
  'WebsiteRedirectLocation',
  'ServerSideEncryption',
  'SSEKMSKeyId',
  'BucketKeyEnabled',
] as const;

type Encryption = Pick<PutObjectOutput, 'ServerSideEncryption' | 'SSEKMSKeyId' | 'BucketKeyEnabled'>;

/** Throws PreconditionFailed, BadDigest. The key may be there already: the new object takes its place. */
export function putObject(world: World, input: PutObjectRequest): PutObjectOutput {
  const bucket = bucketAsked(world, input);
  const { Key = '' } = input;
  checkKey(Key);
  const body = Buffer.from((input.Body as Uint8Array | undefined) ?? []);
  const checksums = checkedChecksums({ ...input }, body);
  checkWrite(Key, currentVersion(bucket, Key), input);
  const version = writeVersion(world, bucket, {
    key: Key,
    body,
    checksums,
    facts: factsIn(bucket, { ...input }),
    tags: tagsInHeader(input.Tagging),
  });
  return {
    ETag: version.etag,
    ...version.checksums,
    ...encryptionOf(version),
    ...(isVersioned(bucket) && { VersionId: version.versionId }),
  };
}

/** Within this account's buckets; metadata and tags come along unless others are given. */
export function copyObject(world: World, input: CopyObjectRequest): CopyObjectOutput {
  const bucket = bucketAsked(world, input);
  const { Key = '', CopySource = '' } = input;
  checkKey(Key);
  const source = sourceOf(world, CopySource);
  checkWrite(Key, currentVersion(bucket, Key), input);
  const version = writeVersion(world, bucket, {
    key: Key,
    body: source.body,
    checksums: source.checksums,
    facts: input.MetadataDirective === 'REPLACE' ? factsIn(bucket, { ...input }) : source.facts,
    tags: input.TaggingDirective === 'REPLACE' ? tagsInHeader(input.Tagging) : source.tags,
  });
  return {
    CopyObjectResult: { ETag: version.etag, LastModified: version.lastModified },
    ...encryptionOf(version),
    ...(isVersioned(bucket) && { VersionId: version.versionId }),
  };
}

function sourceOf(world: World, copySource: string): ObjectVersion {
  const [path = '', versionId] = copySource.replace(/^\//, '').split('?versionId=');
  const [Bucket = '', ...key] = decodeURIComponent(path).split('/');
  return versionAsked(bucketAsked(world, { Bucket }), key.join('/'), versionId);
}

function checkKey(key: string): void {
  if (Buffer.byteLength(key) > LONGEST_KEY_BYTES) {
    throw new Refusal('KeyTooLongError', 'Your key is too long');
  }
}

function writeVersion(
  world: World,
  bucket: Bucket,
  wanted: Pick<ObjectVersion, 'key' | 'body' | 'checksums' | 'facts' | 'tags'>,
): ObjectVersion {
  const version: ObjectVersion = {
    ...wanted,
    versionId: newVersionId(world, bucket),
    isDeleteMarker: false,
    etag: `"${createHash('md5').update(wanted.body).digest('hex')}"`,
    lastModified: world.clock.now(),
  };
  addVersion(bucket, version);
  return version;
}

/** What was said with the object; where nothing was said of encryption, what the bucket says. */
function factsIn(bucket: Bucket, input: ObjectFacts): ObjectFacts {
  const said = Object.fromEntries(
    KEPT.flatMap((member) => (input[member] === undefined ? [] : [[member, input[member]]])),
  );
  return { ContentType: 'binary/octet-stream', ...bucketEncryption(bucket), ...said };
}

function bucketEncryption({ settings }: Bucket): ObjectFacts {
  const { Rules = [] } = (settings.get('BucketEncryption') ?? {}) as {
    Rules?: { ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string; KMSMasterKeyID?: string } }[];
  };
  const { SSEAlgorithm = 'AES256', KMSMasterKeyID } = Rules[0]?.ApplyServerSideEncryptionByDefault ?? {};
  return { ServerSideEncryption: SSEAlgorithm, ...(KMSMasterKeyID && { SSEKMSKeyId: KMSMasterKeyID }) };
}

function encryptionOf({ facts }: ObjectVersion): Encryption {
  const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = facts as Encryption;
  return {
    ServerSideEncryption,
    ...(SSEKMSKeyId !== undefined && { SSEKMSKeyId }),
    ...(BucketKeyEnabled !== undefined && { BucketKeyEnabled }),
  };
}

/** Tags stand in the header as a query string. */
function tagsInHeader(header: string | undefined): Tags {
  const pairs = [...new URLSearchParams(header ?? '')].map(([Key, Value]) => ({ Key, Value }));
  if (pairs.length > MOST_OBJECT_TAGS) {
    throw invalidArgument(`Object tags cannot be greater than ${MOST_OBJECT_TAGS}`);
  }
  return tagsIn(pairs);
}
