import type { GetTopicAttributesInput, GetTopicAttributesResponse, SetTopicAttributesInput } from '@aws-sdk/client-sns';
import type { World } from '../world.ts';
import { invalidParameter, subscriptionsOf, topicOf } from './lookup.ts';
import type { Topic } from './state.ts';

const SETTABLE =
  /^(Policy|DisplayName|DeliveryPolicy|KmsMasterKeyId|SignatureVersion|TracingConfig|(HTTP|Firehose|Lambda|Application|SQS)(Success|Failure)Feedback(RoleArn|SampleRate))$/;
const OF_FIFO = /^(FifoTopic|ContentBasedDeduplication|ArchivePolicy|FifoThroughputScope)$/;
const JSON_VALUES = ['Policy', 'DeliveryPolicy'];
const LONGEST_DISPLAY_NAME = 100;

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
export function checkTopicAttribute(name: string, value: string): void {
  if (OF_FIFO.test(name)) {
    throw invalidParameter(`${name} Reason: the local cloud has standard topics only`);
  }
  if (!SETTABLE.test(name)) {
    throw invalidParameter('AttributeName');
  }
  if (JSON_VALUES.includes(name) && value !== '' && !isJsonObject(value)) {
    throw invalidParameter(`${name} Error: null`);
  }
  if (name === 'DisplayName' && value.length > LONGEST_DISPLAY_NAME) {
    throw invalidParameter('DisplayName Reason: must be at most 100 characters long');
  }
}

export function isJsonObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

/** An empty value takes an attribute away. */
export function setTopicAttributes(world: World, input: SetTopicAttributesInput): void {
  const topic = topicOf(world, input.TopicArn);
  const { AttributeName: name = '', AttributeValue: value = '' } = input;
  checkTopicAttribute(name, value);
  if (value === '') {
    topic.attributes.delete(name);
  } else {
    topic.attributes.set(name, value);
  }
}

export function getTopicAttributes(world: World, { TopicArn }: GetTopicAttributesInput): GetTopicAttributesResponse {
  const topic = topicOf(world, TopicArn);
  const subscriptions = subscriptionsOf(world, topic);
  const pending = subscriptions.filter(({ token }) => token !== undefined).length;
  return {
    Attributes: {
      TopicArn: topic.arn,
      Owner: world.accountId,
      Policy: ownersPolicy(world, topic),
      DisplayName: '',
      EffectiveDeliveryPolicy: topic.attributes.get('DeliveryPolicy') ?? JSON.stringify(DEFAULT_DELIVERY),
      SubscriptionsConfirmed: String(subscriptions.length - pending),
      SubscriptionsPending: String(pending),
      SubscriptionsDeleted: String(topic.subscriptionsDeleted),
      ...Object.fromEntries(topic.attributes),
    },
  };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const DEFAULT_DELIVERY = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
};

/** The policy that a topic begins with: the owner may do everything with it. */
function ownersPolicy({ accountId }: World, { arn }: Topic): string {
  const actions = [
    'GetTopicAttributes',
    'SetTopicAttributes',
    'AddPermission',
    'RemovePermission',
    'DeleteTopic',
    'Subscribe',
    'ListSubscriptionsByTopic',
    'Publish',
  ];
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  });
}
