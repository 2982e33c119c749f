import type {
  ListObjectsOutput,
  ListObjectsRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
  _Object as S3Object,
} from '@aws-sdk/client-s3';
import type { World } from '../world.ts';
import { byKey, encoder, itemsIn, type Line, type ListAsked, linesOf, pageSize, prefixesIn } from './key-groups.ts';
import { bucketAsked } from './lookup.ts';
import { invalidArgument } from './refusals.ts';
import type { Bucket, ObjectVersion } from './state.ts';
import { currentVersion } from './versions.ts';

/** The lines of what is there now, after one of a given name. */
function linesAfter(bucket: Bucket, asked: ListAsked, after: string): Line<ObjectVersion>[] {
  const current = [...bucket.objects.keys()]
    .toSorted(byKey)
    .flatMap((key) => currentVersion(bucket, key) ?? [])
    .map((version) => [version.key, version] as const);
  return linesOf(current, asked).filter(({ name }) => byKey(name, after) > 0);
}

function contents(lines: readonly Line<ObjectVersion>[], encode: (text: string) => string): S3Object[] {
  return itemsIn(lines).map(({ key, etag, body, lastModified, checksums, facts }) => ({
    Key: encode(key),
    LastModified: lastModified,
    ETag: etag,
    Size: body.length,
    StorageClass: (facts['StorageClass'] ?? 'STANDARD') as NonNullable<S3Object['StorageClass']>,
    ...(Object.keys(checksums).length > 0 && {
      ChecksumAlgorithm: Object.keys(checksums).map(
        (member) => member.replace('Checksum', '') as NonNullable<S3Object['ChecksumAlgorithm']>[number],
      ),
      ChecksumType: 'FULL_OBJECT' as const,
    }),
  }));
}

/** What an answer repeats of the question. */
function asAsked(input: ListAsked & { readonly Bucket?: string | undefined }, encode: (text: string) => string) {
  const { Bucket, Prefix = '', Delimiter, EncodingType } = input;
  return {
    Name: Bucket,
    Prefix: encode(Prefix),
    ...(Delimiter !== undefined && { Delimiter: encode(Delimiter) }),
    ...(EncodingType !== undefined && { EncodingType: EncodingType as 'url' }),
  };
}

export function listObjectsV2(world: World, input: ListObjectsV2Request): ListObjectsV2Output {
  const bucket = bucketAsked(world, input);
  const encode = encoder(input);
  const { StartAfter, ContinuationToken: token } = input;
  const rest = linesAfter(bucket, input, token === undefined ? (StartAfter ?? '') : nameIn(token));
  const size = pageSize(input.MaxKeys);
  const lines = rest.slice(0, size);
  const isTruncated = rest.length > lines.length && size > 0;
  return {
    ...asAsked(input, encode),
    MaxKeys: size,
    KeyCount: lines.length,
    IsTruncated: isTruncated,
    Contents: contents(lines, encode),
    CommonPrefixes: prefixesIn(lines, encode),
    ...(StartAfter !== undefined && { StartAfter: encode(StartAfter) }),
    ...(token !== undefined && { ContinuationToken: token }),
    ...(isTruncated && { NextContinuationToken: tokenOf(lines.at(-1)?.name ?? '') }),
  };
}

const tokenOf = (name: string): string => Buffer.from(`after:${name}`).toString('base64');

function nameIn(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('after:')) {
    throw invalidArgument('The continuation token provided is incorrect');
  }
  return text.slice('after:'.length);
}

/** The older list: a marker is a key, and only a list with a delimiter says which comes next. */
export function listObjects(world: World, input: ListObjectsRequest): ListObjectsOutput {
  const bucket = bucketAsked(world, input);
  const encode = encoder(input);
  const rest = linesAfter(bucket, input, input.Marker ?? '');
  const size = pageSize(input.MaxKeys);
  const lines = rest.slice(0, size);
  const isTruncated = rest.length > lines.length && size > 0;
  return {
    ...asAsked(input, encode),
    Marker: encode(input.Marker ?? ''),
    MaxKeys: size,
    IsTruncated: isTruncated,
    Contents: contents(lines, encode),
    CommonPrefixes: prefixesIn(lines, encode),
    ...(isTruncated && input.Delimiter !== undefined && { NextMarker: encode(lines.at(-1)?.name ?? '') }),
  };
}
