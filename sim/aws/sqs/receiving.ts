import type { Message as MessageShape, ReceiveMessageRequest, ReceiveMessageResult } from '@aws-sdk/client-sqs';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { numberOf } from './attributes.ts';
import { invalidParameter, queueAt } from './lookup.ts';
import { md5Of, md5OfAttributes } from './message-digest.ts';
import { movedAway } from './redrive.ts';
import { livingMessages } from './retention.ts';
import type { Message, Queue } from './state.ts';

const MOST_MESSAGES = 10;
/** "a maximum of approximately 120,000 in flight messages" (quotas of SQS). */
const MOST_IN_FLIGHT = 120_000;

/**
 * Hides what it gives for the visibility timeout. An empty queue is waited on for as long as the call or the queue says,
 * by the world's clock. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export async function receiveMessage(world: World, input: ReceiveMessageRequest): Promise<ReceiveMessageResult> {
  const queue = queueAt(world, input.QueueUrl);
  const { MaxNumberOfMessages: most = 1 } = input;
  if (most < 1 || most > MOST_MESSAGES) {
    throw invalidParameter(String(most), 'MaxNumberOfMessages', `Must be between 1 and ${MOST_MESSAGES}, if provided.`);
  }
  const patience = input.WaitTimeSeconds ?? numberOf(queue.attributes, 'ReceiveMessageWaitTimeSeconds');
  let taken = take(world, queue, input);
  if (taken.length === 0 && patience > 0) {
    await arrival(world, queue, patience);
    taken = take(world, queue, input);
  }
  return taken.length > 0 ? { Messages: taken.map((message) => shapeOf(message, input)) } : {};
}

/** Resolves when a message comes, or the time is over. */
async function arrival({ clock }: World, { waiting }: Queue, seconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const wake = (): void => {
      waiting.delete(wake);
      cancel();
      resolve();
    };
    const cancel = clock.after(seconds, wake);
    waiting.add(wake);
  });
}

function take(world: World, queue: Queue, input: ReceiveMessageRequest): Message[] {
  const now = world.clock.now();
  const hidden = livingMessages(world, queue).filter(({ visibleAt }) => visibleAt > now);
  if (hidden.length >= MOST_IN_FLIGHT) {
    throw new Refusal('OverLimit', 'Too many messages are in flight.');
  }
  const visible = queue.messages.filter(({ visibleAt }) => visibleAt <= now);
  const dead = new Set(visible.filter((message) => movedAway(world, queue, message)));
  queue.messages = queue.messages.filter((message) => !dead.has(message));
  const taken = visible.filter((message) => !dead.has(message)).slice(0, input.MaxNumberOfMessages ?? 1);
  const timeout = input.VisibilityTimeout ?? numberOf(queue.attributes, 'VisibilityTimeout');
  for (const message of taken) {
    message.visibleAt = new Date(now.getTime() + timeout * 1000);
    message.receiveCount += 1;
    message.firstReceivedAt ??= now;
    message.receiptHandle = `${message.id}#${world.uniqueHex(32)}`;
  }
  return taken;
}

function shapeOf(message: Message, input: ReceiveMessageRequest): MessageShape {
  const system = new Set<string>([...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])]);
  const shown = Object.entries(systemAttributes(message)).filter(([name]) => system.has('All') || system.has(name));
  const attributes = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => isAskedFor(name, input.MessageAttributeNames ?? [])),
  );
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5Of(message.body),
    ...(shown.length > 0 && { Attributes: Object.fromEntries(shown) }),
    ...(digest !== undefined && { MessageAttributes: attributes, MD5OfMessageAttributes: digest }),
  };
}

function systemAttributes({ sentAt, receiveCount, firstReceivedAt, movedFrom }: Message): Record<string, string> {
  return {
    SentTimestamp: String(sentAt.getTime()),
    ApproximateReceiveCount: String(receiveCount),
    ApproximateFirstReceiveTimestamp: String((firstReceivedAt ?? sentAt).getTime()),
    ...(movedFrom !== undefined && { DeadLetterQueueSourceArn: movedFrom }),
  };
}

/** `All`, `.*`, a name, or a prefix with `.*` after it. */
function isAskedFor(name: string, asked: readonly string[]): boolean {
  return asked.some(
    (one) => one === 'All' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -'.*'.length))),
  );
}
