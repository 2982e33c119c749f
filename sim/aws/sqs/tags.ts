import type {
  ListQueueTagsRequest,
  ListQueueTagsResult,
  TagQueueRequest,
  UntagQueueRequest,
} from '@aws-sdk/client-sqs';
import type { Tags } from '../tag-index.ts';
import { tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { queueAt } from './lookup.ts';
import type { Queue } from './state.ts';

export function tagsIn(tags: Tags | undefined): Tags {
  const problem = tagProblem(tags ?? {});
  if (problem !== undefined) {
    throw new Refusal('InvalidParameterValue', problem);
  }
  return tags ?? {};
}

export function keepTags(world: World, queue: Queue, tags: Tags): void {
  queue.tags = tags;
  world.tagIndex.put(queue.arn, tags);
}

function tag(world: World, { QueueUrl, Tags: asked }: TagQueueRequest): void {
  const queue = queueAt(world, QueueUrl);
  keepTags(world, queue, tagsIn({ ...queue.tags, ...asked }));
}

function untag(world: World, { QueueUrl, TagKeys = [] }: UntagQueueRequest): void {
  const queue = queueAt(world, QueueUrl);
  const kept = Object.entries(queue.tags).filter(([key]) => !TagKeys.includes(key));
  keepTags(world, queue, Object.fromEntries(kept));
}

function list(world: World, { QueueUrl }: ListQueueTagsRequest): ListQueueTagsResult {
  const { tags } = queueAt(world, QueueUrl);
  return Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {};
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    TagQueue: (input: TagQueueRequest) => tag(world, input),
    UntagQueue: (input: UntagQueueRequest) => untag(world, input),
    ListQueueTags: (input: ListQueueTagsRequest) => list(world, input),
  };
}
