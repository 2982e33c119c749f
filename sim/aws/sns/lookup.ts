import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Subscription, Topic } from './state.ts';

/** Throws NotFound, and InvalidParameter for what is no ARN of a topic. */
export function topicOf({ sns }: World, arn = ''): Topic {
  if (!/^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w.-]+$/.test(arn)) {
    throw invalidParameter(`TopicArn Reason: An ARN must have at least 6 elements, not ${arn.split(':').length}`);
  }
  const topic = sns.topics.get(arn);
  if (!topic) {
    throw new Refusal('NotFoundException', 'Topic does not exist');
  }
  return topic;
}

export function subscriptionOf({ sns }: World, arn = ''): Subscription {
  const subscription = sns.subscriptions.get(arn);
  if (!subscription) {
    throw new Refusal('NotFoundException', 'Subscription does not exist');
  }
  return subscription;
}

export const subscriptionsOf = ({ sns }: World, { arn }: Topic): Subscription[] =>
  [...sns.subscriptions.values()].filter(({ topicArn }) => topicArn === arn);

export function invalidParameter(what: string): Refusal {
  return new Refusal('InvalidParameterException', `Invalid parameter: ${what}`);
}
