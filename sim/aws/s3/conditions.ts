import { noSuchKey, notImplemented, notModified, preconditionFailed } from './refusals.ts';
import type { ObjectVersion } from './state.ts';

interface Conditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

const bare = (etag: string): string => etag.replaceAll('"', '');
const matches = (wanted: string, { etag }: ObjectVersion): boolean => wanted === '*' || bare(wanted) === bare(etag);

/**
 * Refuses a write whose condition does not hold of what stands under its key now; a delete marker is nothing.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function checkWrite(
  key: string,
  current: ObjectVersion | undefined,
  { IfMatch, IfNoneMatch }: Conditions,
): void {
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch !== '*' || IfMatch !== undefined) {
      throw notImplemented();
    }
    if (current) {
      throw preconditionFailed('If-None-Match');
    }
  }
  if (IfMatch !== undefined) {
    if (!current) {
      throw noSuchKey(key);
    }
    if (!matches(IfMatch, current)) {
      throw preconditionFailed('If-Match');
    }
  }
}

/**
 * Refuses a read with 412 or 304. Of two conditions that contradict each other, the one on the ETag counts.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function checkRead(version: ObjectVersion, conditions: Conditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const seconds = Math.floor(version.lastModified.getTime() / 1000);
  const after = (instant: Date): boolean => seconds > Math.floor(instant.getTime() / 1000);
  if (IfMatch !== undefined && !matches(IfMatch, version)) {
    throw preconditionFailed('If-Match');
  }
  if (IfMatch === undefined && IfUnmodifiedSince !== undefined && after(IfUnmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (IfNoneMatch !== undefined && matches(IfNoneMatch, version)) {
    throw notModified();
  }
  if (IfNoneMatch === undefined && IfModifiedSince !== undefined && !after(IfModifiedSince)) {
    throw notModified();
  }
}
