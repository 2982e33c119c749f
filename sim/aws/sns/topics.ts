import type {
  CreateTopicInput,
  CreateTopicResponse,
  DeleteTopicInput,
  ListTopicsInput,
  ListTopicsResponse,
} from '@aws-sdk/client-sns';
import { pageOf } from '../paging.ts';
import type { World } from '../world.ts';
import { invalidParameter, subscriptionsOf } from './lookup.ts';
import type { Topic } from './state.ts';
import { keepTags, tagsIn } from './tags.ts';
import { checkTopicAttribute } from './topic-attributes.ts';

export const PAGE = 100;

/** May be called again with the same attributes and tags: it answers with the same topic. */
export function createTopic(world: World, input: CreateTopicInput): CreateTopicResponse {
  const { Name: name = '', Attributes = {} } = input;
  if (!/^[\w-]{1,256}$/.test(name)) {
    throw invalidParameter('Topic Name');
  }
  for (const [attribute, value] of Object.entries(Attributes)) {
    checkTopicAttribute(attribute, value);
  }
  const arn = `arn:aws:sns:${world.region}:${world.accountId}:${name}`;
  const existing = world.sns.topics.get(arn);
  if (existing) {
    checkSame(existing, input);
    return { TopicArn: arn };
  }
  const attributes = new Map(Object.entries(Attributes).filter(([, value]) => value !== ''));
  const topic: Topic = { name, arn, attributes, tags: {}, published: [], subscriptionsDeleted: 0 };
  keepTags(world, topic, tagsIn(input.Tags));
  world.sns.topics.set(arn, topic);
  return { TopicArn: arn };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
function checkSame({ attributes, tags }: Topic, { Attributes = {}, Tags }: CreateTopicInput): void {
  if (Object.entries(Attributes).some(([name, value]) => (attributes.get(name) ?? '') !== value)) {
    throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
  }
  const asked = tagsIn(Tags);
  if (Object.entries(asked).some(([key, value]) => tags[key] !== value)) {
    throw invalidParameter('Tags Reason: Topic already exists with different tags');
  }
}

export function listTopics(world: World, { NextToken: token }: ListTopicsInput): ListTopicsResponse {
  const refuseToken = (): never => {
    throw invalidParameter('NextToken');
  };
  const { items, nextToken } = pageOf([...world.sns.topics.values()], { limit: PAGE, token, refuseToken });
  return {
    Topics: items.map(({ arn }) => ({ TopicArn: arn })),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

/** With its subscriptions. May be called again: a topic that is not there counts as deleted. */
export function deleteTopic(world: World, { TopicArn = '' }: DeleteTopicInput): void {
  const topic = world.sns.topics.get(TopicArn);
  if (!topic) {
    return;
  }
  for (const { arn } of subscriptionsOf(world, topic)) {
    world.sns.subscriptions.delete(arn);
  }
  world.sns.topics.delete(topic.arn);
  world.tagIndex.remove(topic.arn);
}
