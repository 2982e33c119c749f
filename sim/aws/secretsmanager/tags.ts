import type { Tag, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-secrets-manager';
import type { Tags } from '../tag-index.ts';
import { maximumTags, tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { livingSecret } from './lookup.ts';
import type { Secret } from './state.ts';

export function tagsOf(pairs: readonly Tag[] = []): Tags {
  const tags = Object.fromEntries(pairs.map(({ Key = '', Value = '' }) => [Key, Value]));
  const problem = tagProblem(tags);
  if (problem) {
    throw new Refusal('InvalidParameterException', problem);
  }
  return tags;
}

function setTags(world: World, secret: Secret, tags: Tags): void {
  secret.tags = tags;
  world.tagIndex.put(secret.arn, tags);
}

function tagResource(world: World, { SecretId, Tags: pairs }: TagResourceRequest): void {
  const secret = livingSecret(world, SecretId);
  const tags = { ...secret.tags, ...tagsOf(pairs) };
  if (Object.keys(tags).length > maximumTags) {
    throw new Refusal('LimitExceededException', `A secret can have at most ${maximumTags} tags.`);
  }
  setTags(world, secret, tags);
}

function untagResource(world: World, { SecretId, TagKeys = [] }: UntagResourceRequest): void {
  const secret = livingSecret(world, SecretId);
  const kept = Object.entries(secret.tags).filter(([key]) => !TagKeys.includes(key));
  setTags(world, secret, Object.fromEntries(kept));
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    TagResource: (input: TagResourceRequest) => tagResource(world, input),
    UntagResource: (input: UntagResourceRequest) => untagResource(world, input),
  };
}
