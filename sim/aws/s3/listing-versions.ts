import type { ListObjectVersionsOutput, ListObjectVersionsRequest } from '@aws-sdk/client-s3';
import type { World } from '../world.ts';
import { byKey, encoder, itemsIn, linesOf, pageSize, prefixesIn } from './key-groups.ts';
import { bucketAsked, canonicalId } from './lookup.ts';
import type { Bucket, ObjectVersion } from './state.ts';

type Listed = ObjectVersion & { readonly isLatest: boolean };

function everyVersion({ objects }: Bucket): (readonly [string, Listed])[] {
  return [...objects.keys()]
    .toSorted(byKey)
    .flatMap((key) =>
      (objects.get(key) ?? []).map((version, index) => [key, { ...version, isLatest: index === 0 }] as const),
    );
}

/** Versions and delete markers of every key, newest first: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export function listObjectVersions(world: World, input: ListObjectVersionsRequest): ListObjectVersionsOutput {
  const bucket = bucketAsked(world, input);
  const encode = encoder(input);
  const { Prefix = '', Delimiter, KeyMarker, VersionIdMarker, EncodingType } = input;
  const all = linesOf(everyVersion(bucket), input);
  const rest = all.slice(startOf(all, KeyMarker, VersionIdMarker));
  const lines = rest.slice(0, pageSize(input.MaxKeys));
  const items = itemsIn(lines);
  const last = lines.at(-1);
  const isTruncated = rest.length > lines.length;
  const Owner = { ID: canonicalId(world) };
  return {
    Name: bucket.name,
    Prefix: encode(Prefix),
    KeyMarker: encode(KeyMarker ?? ''),
    VersionIdMarker: VersionIdMarker ?? '',
    MaxKeys: pageSize(input.MaxKeys),
    IsTruncated: isTruncated,
    Versions: items.filter(({ isDeleteMarker }) => !isDeleteMarker).map((item) => ({ ...shape(item), Owner })),
    DeleteMarkers: items
      .filter(({ isDeleteMarker }) => isDeleteMarker)
      .map((item) => ({ ...markerShape(item), Owner })),
    CommonPrefixes: prefixesIn(lines, encode),
    ...(Delimiter !== undefined && { Delimiter: encode(Delimiter) }),
    ...(EncodingType !== undefined && { EncodingType }),
    ...(isTruncated &&
      last && {
        NextKeyMarker: encode(last.name),
        ...('item' in last && { NextVersionIdMarker: last.item.versionId }),
      }),
  };

  function markerShape({ key, versionId, isLatest, lastModified }: Listed) {
    return { Key: encode(key), VersionId: versionId, IsLatest: isLatest, LastModified: lastModified };
  }

  function shape(item: Listed) {
    return { ...markerShape(item), ETag: item.etag, Size: item.body.length, StorageClass: 'STANDARD' as const };
  }
}

/** Where the list goes on after its markers. */
function startOf(
  lines: ReturnType<typeof linesOf<Listed>>,
  keyMarker: string | undefined,
  versionIdMarker: string | undefined,
): number {
  if (keyMarker === undefined || keyMarker === '') {
    return 0;
  }
  if (versionIdMarker) {
    const at = lines.findIndex(
      (line) => 'item' in line && line.name === keyMarker && line.item.versionId === versionIdMarker,
    );
    return at + 1;
  }
  const next = lines.findIndex(({ name }) => byKey(name, keyMarker) > 0);
  return next === -1 ? lines.length : next;
}
