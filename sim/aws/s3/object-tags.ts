import type {
  DeleteObjectTaggingRequest,
  GetObjectTaggingOutput,
  GetObjectTaggingRequest,
  PutObjectTaggingRequest,
} from '@aws-sdk/client-s3';
import type { Tags } from '../tag-index.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { tagSetOf, tagsIn } from './bucket-tags.ts';
import { bucketAsked } from './lookup.ts';
import { MOST_OBJECT_TAGS } from './put-object.ts';
import type { ObjectVersion } from './state.ts';
import { isVersioned, versionAsked } from './versions.ts';

type Asked = GetObjectTaggingRequest | PutObjectTaggingRequest | DeleteObjectTaggingRequest;

function asked(world: World, input: Asked): { version: ObjectVersion; ids: { VersionId?: string } } {
  const bucket = bucketAsked(world, input);
  const version = versionAsked(bucket, input.Key ?? '', input.VersionId);
  return { version, ids: isVersioned(bucket) ? { VersionId: version.versionId } : {} };
}

function setTags(world: World, input: Asked, tags: Tags): { VersionId?: string } {
  const { version, ids } = asked(world, input);
  version.tags = tags;
  return ids;
}

function getTagging(world: World, input: GetObjectTaggingRequest): GetObjectTaggingOutput {
  const { version, ids } = asked(world, input);
  return { TagSet: tagSetOf(version.tags), ...ids };
}

/** Without a version, of the newest one. */
export function objectTagHandlers(world: World): Record<string, Handler> {
  return {
    PutObjectTagging: (input: PutObjectTaggingRequest) =>
      setTags(world, input, tagsIn(input.Tagging?.TagSet, MOST_OBJECT_TAGS)),
    GetObjectTagging: (input: GetObjectTaggingRequest) => getTagging(world, input),
    DeleteObjectTagging: (input: DeleteObjectTaggingRequest) => setTags(world, input, {}),
  };
}
