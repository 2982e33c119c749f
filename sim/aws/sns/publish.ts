import type { PublishInput, PublishResponse } from '@aws-sdk/client-sns';
import { deliverToQueue } from '../sqs/sending.ts';
import type { World } from '../world.ts';
import { invalidParameter, subscriptionsOf, topicOf } from './lookup.ts';
import type { MessageAttribute, Notification, Subscription, Topic } from './state.ts';

const LARGEST = 256 * 1024;
const KEPT = 1000;
// "Subjects must be UTF-8 text with no line breaks or control characters, and less than 100 characters long" (Publish).
const LEGAL_SUBJECT = /^[^\p{Cc}]{1,100}$/u;

/**
 * Keeps the message with the topic and hands it to the confirmed subscriptions: to queues and functions of this account.
 * Nothing leaves for people and servers; what they would have got stands in the topic's `published`.
 */
export function publish(world: World, input: PublishInput): PublishResponse {
  const { Message: message = '', Subject: subject } = input;
  if (input.PhoneNumber !== undefined) {
    throw invalidParameter('PhoneNumber Reason: the local cloud sends no text messages');
  }
  const topic = topicOf(world, input.TopicArn ?? input.TargetArn);
  if (message === '') {
    throw invalidParameter('Empty message');
  }
  if (Buffer.byteLength(message) > LARGEST) {
    throw invalidParameter('Message too long');
  }
  if (subject !== undefined && !LEGAL_SUBJECT.test(subject)) {
    throw invalidParameter('Subject');
  }
  const texts = textsOf(message, input.MessageStructure);
  const confirmed = subscriptionsOf(world, topic).filter(({ token }) => token === undefined);
  const notification: Notification = {
    id: world.uniqueHex(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    at: world.clock.now(),
    subject,
    message: texts['default'] ?? message,
    attributes: (input.MessageAttributes ?? {}) as Record<string, MessageAttribute>,
    subscriptions: confirmed.map(({ arn }) => arn),
  };
  topic.published = [...topic.published, notification].slice(-KEPT);
  for (const subscription of confirmed) {
    const text = texts[subscription.protocol] ?? notification.message;
    deliver(world, { topic, subscription, notification: { ...notification, message: text } });
  }
  return { MessageId: notification.id };
}

/** With the structure `json` a message may differ from protocol to protocol. */
function textsOf(message: string, structure: string | undefined): Readonly<Record<string, string>> {
  if (structure === undefined) {
    return { default: message };
  }
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const held = texts as Readonly<Record<string, string>> | null;
  if (structure !== 'json' || typeof held?.['default'] !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return held;
}

interface Delivery {
  readonly topic: Topic;
  readonly subscription: Subscription;
  readonly notification: Notification;
}

function deliver(world: World, delivery: Delivery): void {
  const { topic, subscription, notification } = delivery;
  if (subscription.protocol === 'lambda') {
    const Sns = envelope(delivery);
    const record = { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscription.arn, Sns };
    world.lambda.accept(subscription.endpoint, JSON.stringify({ Records: [record] }));
  }
  if (subscription.protocol === 'sqs') {
    const isRaw = subscription.attributes.get('RawMessageDelivery') === 'true';
    const raw = { body: notification.message, attributes: notification.attributes };
    const isThere = deliverToQueue(
      world,
      subscription.endpoint,
      isRaw ? raw : { body: JSON.stringify(envelope(delivery)) },
    );
    if (!isThere) {
      deadLetter(
        world,
        subscription,
        isRaw ? notification.message : JSON.stringify(envelope({ topic, subscription, notification })),
      );
    }
  }
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html */
function deadLetter(world: World, { attributes }: Subscription, body: string): void {
  const { deadLetterTargetArn } = JSON.parse(attributes.get('RedrivePolicy') ?? '{}') as {
    deadLetterTargetArn?: string;
  };
  if (deadLetterTargetArn !== undefined) {
    deliverToQueue(world, deadLetterTargetArn, { body });
  }
}

/**
 * What a subscriber gets who did not ask for the message raw. There is no key to sign with, so there is no signature.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
function envelope({ topic, notification }: Delivery) {
  const { id, at, subject, message, attributes } = notification;
  const typed = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: StringValue ?? Buffer.from(BinaryValue ?? []).toString('base64') },
  ]);
  return {
    Type: 'Notification',
    MessageId: id,
    TopicArn: topic.arn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: at.toISOString(),
    ...(typed.length > 0 && { MessageAttributes: Object.fromEntries(typed) }),
  };
}
