import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-sns';
import type { Tags } from '../tag-index.ts';
import { maximumTags, tagProblem } from '../tag-rules.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { invalidParameter } from './lookup.ts';
import type { Topic } from './state.ts';

export function tagsIn(pairs: readonly Tag[] | undefined): Tags {
  const tags = Object.fromEntries((pairs ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  if (Object.keys(tags).length > maximumTags) {
    throw new Refusal('TagLimitExceededException', 'Could not complete request: tag quota of per resource exceeded');
  }
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw invalidParameter(problem);
  }
  return tags;
}

export function keepTags(world: World, topic: Topic, tags: Tags): void {
  topic.tags = tags;
  world.tagIndex.put(topic.arn, tags);
}

function taggedTopic({ sns }: World, arn = ''): Topic {
  const topic = sns.topics.get(arn);
  if (!topic) {
    throw new Refusal('ResourceNotFoundException', 'Resource does not exist');
  }
  return topic;
}

function tag(world: World, { ResourceArn, Tags: pairs }: TagResourceRequest): void {
  const topic = taggedTopic(world, ResourceArn);
  const all = Object.entries({ ...topic.tags, ...tagsIn(pairs) });
  keepTags(world, topic, tagsIn(all.map(([Key, Value]) => ({ Key, Value }))));
}

function untag(world: World, { ResourceArn, TagKeys = [] }: UntagResourceRequest): void {
  const topic = taggedTopic(world, ResourceArn);
  keepTags(world, topic, Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !TagKeys.includes(key))));
}

function list(world: World, { ResourceArn }: ListTagsForResourceRequest): ListTagsForResourceResponse {
  const { tags } = taggedTopic(world, ResourceArn);
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}

export function tagHandlers(world: World): Record<string, Handler> {
  return {
    TagResource: (input: TagResourceRequest) => tag(world, input),
    UntagResource: (input: UntagResourceRequest) => untag(world, input),
    ListTagsForResource: (input: ListTagsForResourceRequest) => list(world, input),
  };
}
