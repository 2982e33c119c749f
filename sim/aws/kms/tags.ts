import type {
  ListResourceTagsRequest,
  ListResourceTagsResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-kms';
import type { Tags } from '../tag-index.ts';
import { maximumTags, tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { keyNamed, ownKeyNamed } from './lookup.ts';
import { pageIn } from './paging.ts';
import { refusePendingDeletion } from './refusals.ts';
import type { Key } from './state.ts';

/** Throws TagException, LimitExceededException. */
export function tagsIn(pairs: readonly Tag[] = []): Tags {
  const tags = Object.fromEntries(pairs.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue]));
  if (Object.keys(tags).length < pairs.length) {
    throw new Refusal('TagException', 'Duplicate tag keys');
  }
  return checked(tags);
}

function checked(tags: Tags): Tags {
  if (Object.keys(tags).length > maximumTags) {
    throw new Refusal('LimitExceededException', `A key can have at most ${maximumTags} tags.`);
  }
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw new Refusal('TagException', problem);
  }
  return tags;
}

function keyToTag(world: World, keyId: string | undefined): Key {
  const key = ownKeyNamed(world, keyId);
  refusePendingDeletion(key);
  return key;
}

function setTags(world: World, key: Key, tags: Tags): void {
  key.tags = checked(tags);
  world.tagIndex.put(key.arn, key.tags);
}

function listTags(world: World, { KeyId, ...asked }: ListResourceTagsRequest): ListResourceTagsResponse {
  const tags = Object.entries(keyNamed(world, KeyId).tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  const { items, rest } = pageIn(tags, asked, { standard: 50, most: 50 });
  return { Tags: [...items], ...rest };
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    TagResource: ({ KeyId, Tags }: TagResourceRequest) => {
      const key = keyToTag(world, KeyId);
      setTags(world, key, { ...key.tags, ...tagsIn(Tags) });
    },
    UntagResource: ({ KeyId, TagKeys = [] }: UntagResourceRequest) => {
      const key = keyToTag(world, KeyId);
      const kept = Object.entries(key.tags).filter(([name]) => !TagKeys.includes(name));
      setTags(world, key, Object.fromEntries(kept));
    },
    ListResourceTags: (input: ListResourceTagsRequest) => listTags(world, input),
  };
}
