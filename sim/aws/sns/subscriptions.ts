import type {
  ConfirmSubscriptionInput,
  ConfirmSubscriptionResponse,
  ListSubscriptionsByTopicInput,
  ListSubscriptionsByTopicResponse,
  SubscribeInput,
  SubscribeResponse,
  UnsubscribeInput,
} from '@aws-sdk/client-sns';
import { pageOf } from '../paging.ts';
import type { World } from '../world.ts';
import { invalidParameter, subscriptionsOf, topicOf } from './lookup.ts';
import type { Subscription } from './state.ts';
import { checkSubscriptionAttribute, mustConfirm } from './subscription-rules.ts';
import { PAGE } from './topics.ts';

const uuidOf = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/**
 * May be called again: an endpoint has one subscription to a topic. What is sent to a person or a server waits until it
 * is confirmed with the token that only they get; here it stands in the world's state.
 */
export function subscribe(world: World, input: SubscribeInput): SubscribeResponse {
  const topic = topicOf(world, input.TopicArn);
  const { Protocol: protocol = '', Endpoint: endpoint = '', Attributes = {} } = input;
  const asks = mustConfirm(world, protocol, endpoint);
  for (const [name, value] of Object.entries(Attributes)) {
    checkSubscriptionAttribute(protocol, name, value);
  }
  const existing = subscriptionsOf(world, topic).find((one) => one.protocol === protocol && one.endpoint === endpoint);
  if (existing && Object.entries(Attributes).some(([name, value]) => (existing.attributes.get(name) ?? '') !== value)) {
    throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
  }
  const subscription: Subscription = existing ?? {
    arn: `${topic.arn}:${uuidOf(world.uniqueHex(32))}`,
    topicArn: topic.arn,
    protocol,
    endpoint,
    attributes: new Map(Object.entries(Attributes).filter(([, value]) => value !== '')),
    token: asks ? world.uniqueHex(64) : undefined,
  };
  world.sns.subscriptions.set(subscription.arn, subscription);
  const isShown = subscription.token === undefined || input.ReturnSubscriptionArn === true;
  return { SubscriptionArn: isShown ? subscription.arn : 'pending confirmation' };
}

export function confirmSubscription(world: World, input: ConfirmSubscriptionInput): ConfirmSubscriptionResponse {
  const topic = topicOf(world, input.TopicArn);
  const subscription = subscriptionsOf(world, topic).find(({ token }) => token !== undefined && token === input.Token);
  if (!subscription) {
    throw invalidParameter('Token');
  }
  subscription.token = undefined;
  return { SubscriptionArn: subscription.arn };
}

/** May be called again. Throws InvalidParameter while it is pending: such end by themselves. */
export function unsubscribe(world: World, { SubscriptionArn: arn = '' }: UnsubscribeInput): void {
  if (arn.split(':').length !== 7) {
    throw invalidParameter('SubscriptionArn Reason: An ARN must have at least 7 elements');
  }
  const subscription = world.sns.subscriptions.get(arn);
  if (subscription?.token !== undefined) {
    throw invalidParameter('SubscriptionArn Reason: Cannot unsubscribe a subscription that is pending confirmation');
  }
  world.sns.subscriptions.delete(arn);
  const topic = world.sns.topics.get(subscription?.topicArn ?? '');
  if (topic) {
    topic.subscriptionsDeleted += 1;
  }
}

/** Of one topic, or of all where no topic is named. */
export function listSubscriptions(
  world: World,
  { TopicArn, NextToken: token }: Partial<ListSubscriptionsByTopicInput>,
): ListSubscriptionsByTopicResponse {
  const all =
    TopicArn === undefined ? [...world.sns.subscriptions.values()] : subscriptionsOf(world, topicOf(world, TopicArn));
  const refuseToken = (): never => {
    throw invalidParameter('NextToken');
  };
  const { items, nextToken } = pageOf(all, { limit: PAGE, token, refuseToken });
  return {
    Subscriptions: items.map((one) => ({
      SubscriptionArn: one.token === undefined ? one.arn : 'PendingConfirmation',
      Owner: world.accountId,
      Protocol: one.protocol,
      Endpoint: one.endpoint,
      TopicArn: one.topicArn,
    })),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}
