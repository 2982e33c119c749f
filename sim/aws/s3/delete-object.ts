import type {
  DeletedObject,
  DeleteObjectOutput,
  DeleteObjectRequest,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  _Error as S3Error,
} from '@aws-sdk/client-s3';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { requireChecksum } from './checksums.ts';
import { checkWrite } from './conditions.ts';
import { bucketAsked } from './lookup.ts';
import { malformedXml } from './refusals.ts';
import type { Bucket, ObjectVersion } from './state.ts';
import { addVersion, currentVersion, isVersioned, newVersionId, removeVersion } from './versions.ts';

const MOST_KEYS = 1000;

interface Asked {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
}

/** May be called again: what is not there counts as deleted. Without a version a versioned bucket takes a delete marker. */
export function deleteObject(world: World, input: DeleteObjectRequest): DeleteObjectOutput {
  const bucket = bucketAsked(world, input);
  checkDelete(bucket, input.Key, input.IfMatch);
  return removed(world, bucket, input);
}

/** A condition is on the current version: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html */
function checkDelete(bucket: Bucket, key = '', etag?: string): void {
  checkWrite(key, currentVersion(bucket, key), { IfMatch: etag });
}

function removed(world: World, bucket: Bucket, { Key = '', VersionId }: Asked): DeleteObjectOutput {
  if (VersionId !== undefined) {
    const gone = removeVersion(bucket, Key, VersionId);
    return { VersionId, ...(gone?.isDeleteMarker && { DeleteMarker: true }) };
  }
  if (!isVersioned(bucket)) {
    removeVersion(bucket, Key, 'null');
    return {};
  }
  const marker = deleteMarker(world, bucket, Key);
  addVersion(bucket, marker);
  return { VersionId: marker.versionId, DeleteMarker: true };
}

function deleteMarker(world: World, bucket: Bucket, key: string): ObjectVersion {
  return {
    key,
    versionId: newVersionId(world, bucket),
    isDeleteMarker: true,
    body: Buffer.alloc(0),
    etag: '',
    lastModified: world.clock.now(),
    facts: {},
    checksums: {},
    tags: {},
  };
}

export function deleteObjects(world: World, input: DeleteObjectsRequest): DeleteObjectsOutput {
  requireChecksum({ ...input });
  const bucket = bucketAsked(world, input);
  const { Objects = [], Quiet = false } = input.Delete ?? {};
  if (Objects.length === 0 || Objects.length > MOST_KEYS) {
    throw malformedXml();
  }
  const Deleted: DeletedObject[] = [];
  const Errors: S3Error[] = [];
  for (const asked of Objects) {
    try {
      checkDelete(bucket, asked.Key, asked.ETag);
      Deleted.push(deletedShape(asked, removed(world, bucket, asked)));
    } catch (error) {
      Errors.push(errorShape(asked, error));
    }
  }
  return { ...(!Quiet && { Deleted }), ...(Errors.length > 0 && { Errors }) };
}

/** What is refused of one object fails it alone. */
function errorShape({ Key, VersionId }: Asked, error: unknown): S3Error {
  if (!(error instanceof Refusal)) {
    throw error;
  }
  return { Key, ...(VersionId !== undefined && { VersionId }), Code: error.code, Message: error.message };
}

/** A marker that was made and one that was taken away stand in different members. */
function deletedShape(
  { Key, VersionId: asked }: Asked,
  { VersionId, DeleteMarker }: DeleteObjectOutput,
): DeletedObject {
  return {
    Key,
    ...(asked !== undefined && { VersionId: asked }),
    ...(DeleteMarker && { DeleteMarker, DeleteMarkerVersionId: VersionId }),
  };
}
