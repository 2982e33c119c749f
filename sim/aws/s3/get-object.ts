import type { GetObjectOutput, GetObjectRequest, HeadObjectOutput, HeadObjectRequest } from '@aws-sdk/client-s3';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { defaultChecksum } from './checksums.ts';
import { checkRead } from './conditions.ts';
import { bucketAsked } from './lookup.ts';
import type { ObjectVersion } from './state.ts';
import { isVersioned, versionAsked } from './versions.ts';

/** Throws NoSuchKey, NoSuchVersion, PreconditionFailed, NotModified, InvalidRange. */
export function getObject(world: World, input: GetObjectRequest): GetObjectOutput {
  const { version, ...facts } = objectAsked(world, input);
  const range = rangeOf(input.Range, version.body.length);
  // The SDK's type is a stream, which only a client has.
  const bodyOf = (bytes: Buffer) => bytes as unknown as NonNullable<GetObjectOutput['Body']>;
  if (!range) {
    return { ...facts, Body: bodyOf(version.body) };
  }
  const [first, last] = range;
  return {
    ...facts,
    Body: bodyOf(version.body.subarray(first, last + 1)),
    ContentLength: last - first + 1,
    ContentRange: `bytes ${first}-${last}/${version.body.length}`,
  };
}

/** As GetObject, without the body: what is refused has none either. */
export function headObject(world: World, input: HeadObjectRequest): HeadObjectOutput {
  const { version: _, ...facts } = objectAsked(world, input);
  return facts;
}

function objectAsked(
  world: World,
  input: GetObjectRequest | HeadObjectRequest,
): Omit<HeadObjectOutput, 'Expires'> & { version: ObjectVersion } {
  const bucket = bucketAsked(world, input);
  const version = versionAsked(bucket, input.Key ?? '', input.VersionId);
  checkRead(version, input);
  const tags = Object.keys(version.tags).length;
  return {
    version,
    ...version.facts,
    AcceptRanges: 'bytes',
    ContentLength: version.body.length,
    ETag: version.etag,
    LastModified: version.lastModified,
    ...(isVersioned(bucket) && { VersionId: version.versionId }),
    ...(tags > 0 && { TagCount: tags }),
    ...(input.ChecksumMode === 'ENABLED' && input.Range === undefined && checksumsOf(version)),
  };
}

function checksumsOf({ checksums, body }: ObjectVersion): Readonly<Record<string, string>> {
  return { ...(Object.keys(checksums).length > 0 ? checksums : defaultChecksum(body)), ChecksumType: 'FULL_OBJECT' };
}

/** First and last byte. A range that cannot be read is passed over (RFC 9110, 14.2); one beyond the end is refused. */
function rangeOf(range: string | undefined, size: number): readonly [number, number] | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === '' && to === '') {
    return undefined;
  }
  const isSuffix = from === '';
  const first = isSuffix ? Math.max(0, size - Number(to)) : Number(from);
  const last = isSuffix || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first <= last) {
    return [first, last];
  }
  throw new Refusal('InvalidRange', 'The requested range is not satisfiable', {
    status: 416,
    members: { RangeRequested: `bytes=${from}-${to}`, ActualObjectSize: `${size}` },
  });
}
