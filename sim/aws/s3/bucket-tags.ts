import type {
  DeleteBucketTaggingRequest,
  GetBucketTaggingOutput,
  GetBucketTaggingRequest,
  PutBucketTaggingRequest,
  Tag,
} from '@aws-sdk/client-s3';
import type { Tags } from '../tag-index.ts';
import { tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { bucketAsked } from './lookup.ts';
import type { Bucket } from './state.ts';

/** Throws InvalidTag. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export function tagsIn(pairs: readonly Tag[] | undefined, most = Number.POSITIVE_INFINITY): Tags {
  const keys = (pairs ?? []).map(({ Key = '' }) => Key);
  if (new Set(keys).size < keys.length) {
    throw new Refusal('InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  if (keys.length > most) {
    throw new Refusal('BadRequest', `Object tags cannot be greater than ${most}`);
  }
  const tags = Object.fromEntries((pairs ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw new Refusal('InvalidTag', problem);
  }
  return tags;
}

export const tagSetOf = (tags: Tags): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export function keepTags(world: World, bucket: Bucket, tags: Tags): void {
  bucket.tags = tags;
  world.tagIndex.put(bucket.arn, tags);
}

function getTagging(world: World, input: GetBucketTaggingRequest): GetBucketTaggingOutput {
  const { name, tags } = bucketAsked(world, input);
  if (Object.keys(tags).length === 0) {
    throw new Refusal('NoSuchTagSet', 'The TagSet does not exist', { status: 404, members: { BucketName: name } });
  }
  return { TagSet: tagSetOf(tags) };
}

export function bucketTagHandlers(world: World): Record<string, Handler> {
  return {
    // The new set takes the place of the old one.
    PutBucketTagging: (input: PutBucketTaggingRequest) =>
      keepTags(world, bucketAsked(world, input), tagsIn(input.Tagging?.TagSet)),
    GetBucketTagging: (input: GetBucketTaggingRequest) => getTagging(world, input),
    DeleteBucketTagging: (input: DeleteBucketTaggingRequest) => keepTags(world, bucketAsked(world, input), {}),
  };
}
