import type {
  ListTagsRequest,
  ListTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-lambda';
import type { Tags } from '../tag-index.ts';
import { tagProblem } from '../tag-rules.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { functionAsked, invalidValue } from './lookup.ts';
import type { LambdaFunction } from './state.ts';

export function tagsIn(tags: Tags | undefined): Tags {
  const problem = tagProblem(tags ?? {});
  if (problem !== undefined) {
    throw invalidValue(problem);
  }
  return tags ?? {};
}

export function keepTags(world: World, held: LambdaFunction, tags: Tags): void {
  held.tags = tags;
  world.tagIndex.put(held.arn, tags);
}

/** Only functions have tags here: versions have those of their function. */
const tagged = (world: World, arn: string | undefined): LambdaFunction =>
  functionAsked(world, { FunctionName: arn }).held;

function tag(world: World, { Resource, Tags: asked = {} }: TagResourceRequest): void {
  const held = tagged(world, Resource);
  keepTags(world, held, tagsIn({ ...held.tags, ...asked }));
}

function untag(world: World, { Resource, TagKeys = [] }: UntagResourceRequest): void {
  const held = tagged(world, Resource);
  keepTags(world, held, Object.fromEntries(Object.entries(held.tags).filter(([key]) => !TagKeys.includes(key))));
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    TagResource: (input: TagResourceRequest) => tag(world, input),
    UntagResource: (input: UntagResourceRequest) => untag(world, input),
    ListTags: ({ Resource }: ListTagsRequest): ListTagsResponse => ({ Tags: { ...tagged(world, Resource).tags } }),
  };
}
