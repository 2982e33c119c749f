import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { noSuchKey, noSuchVersion } from './refusals.ts';
import type { Bucket, ObjectVersion } from './state.ts';

/** The id of what is written without versioning. */
export const NULL_VERSION = 'null';

const statusOf = ({ settings }: Bucket): unknown => settings.get('BucketVersioning')?.['Status'];

/** True also after versioning was suspended: the bucket shows version ids then. */
export const isVersioned = (bucket: Bucket): boolean => statusOf(bucket) !== undefined;

export function newVersionId(world: World, bucket: Bucket): string {
  return statusOf(bucket) === 'Enabled' ? world.uniqueHex(32) : NULL_VERSION;
}

/**
 * Makes `version` the newest of its key. One whose id is `null` takes the place of another such; the rest stay.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/AddingObjectstoVersionSuspendedBuckets.html
 */
export function addVersion({ objects }: Bucket, version: ObjectVersion): void {
  const others = (objects.get(version.key) ?? []).filter(
    ({ versionId }) => versionId !== NULL_VERSION || version.versionId !== NULL_VERSION,
  );
  objects.set(version.key, [version, ...others]);
}

/** Returns what was taken away; undefined when there was no such version. */
export function removeVersion({ objects }: Bucket, key: string, versionId: string): ObjectVersion | undefined {
  const versions = objects.get(key) ?? [];
  const gone = versions.find((version) => version.versionId === versionId);
  const kept = versions.filter((version) => version !== gone);
  if (kept.length > 0) {
    objects.set(key, kept);
  } else {
    objects.delete(key);
  }
  return gone;
}

/** The newest version; undefined when there is none or it is a delete marker. */
export function currentVersion({ objects }: Bucket, key: string): ObjectVersion | undefined {
  const newest = objects.get(key)?.[0];
  return newest?.isDeleteMarker ? undefined : newest;
}

/** Throws NoSuchKey, NoSuchVersion, and MethodNotAllowed for a delete marker that is asked for by its id. */
export function versionAsked(bucket: Bucket, key: string, versionId: string | undefined): ObjectVersion {
  if (versionId === undefined) {
    const current = currentVersion(bucket, key);
    if (!current) {
      throw noSuchKey(key);
    }
    return current;
  }
  const version = bucket.objects.get(key)?.find((one) => one.versionId === versionId);
  if (!version) {
    throw noSuchVersion(key, versionId);
  }
  if (version.isDeleteMarker) {
    throw new Refusal('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      status: 405,
      members: { Method: 'GET', ResourceType: 'DeleteMarker' },
    });
  }
  return version;
}
