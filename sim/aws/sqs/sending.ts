import type {
  SendMessageBatchRequest,
  SendMessageBatchResult,
  SendMessageRequest,
  SendMessageResult,
} from '@aws-sdk/client-sqs';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { numberOf } from './attributes.ts';
import { checkBatch, perEntry } from './batches.ts';
import { invalidParameter, queueAt, queueOfArn } from './lookup.ts';
import { md5Of, md5OfAttributes } from './message-digest.ts';
import type { Message, MessageAttribute, Queue } from './state.ts';

// What XML 1.0 can carry: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
const LEGAL_BODY = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;
const LONGEST_DELAY_SECONDS = 900;

interface Sent {
  readonly MessageBody?: string | undefined;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Record<string, Partial<MessageAttribute>> | undefined;
}

function send(world: World, queue: Queue, { MessageBody = '', DelaySeconds, MessageAttributes = {} }: Sent) {
  if (MessageBody === '') {
    throw invalidParameter('', 'MessageBody', 'Message body cannot be empty.');
  }
  if (!LEGAL_BODY.test(MessageBody)) {
    throw invalidParameter(
      '',
      'MessageBody',
      'Invalid characters found. Valid unicode characters are those of XML 1.0.',
    );
  }
  const largest = numberOf(queue.attributes, 'MaximumMessageSize');
  if (Buffer.byteLength(MessageBody) > largest) {
    throw invalidParameter('', 'MessageBody', `Message must be shorter than ${largest} bytes.`);
  }
  const delay = DelaySeconds ?? numberOf(queue.attributes, 'DelaySeconds');
  if (delay < 0 || delay > LONGEST_DELAY_SECONDS) {
    throw invalidParameter(String(delay), 'DelaySeconds', `DelaySeconds must be >= 0 and <= ${LONGEST_DELAY_SECONDS}.`);
  }
  const attributes = Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { DataType = 'String', StringValue, BinaryValue }]) => [
      name,
      { DataType, StringValue, BinaryValue },
    ]),
  );
  const message = addMessage(world, queue, { body: MessageBody, attributes, delay });
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    MD5OfMessageBody: md5Of(message.body),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
  };
}

/** Whoever waits on the queue gets a message without delay at once. */
function addMessage(
  world: World,
  queue: Queue,
  { body, attributes, delay }: Pick<Message, 'body' | 'attributes'> & { readonly delay: number },
): Message {
  const now = world.clock.now();
  const message: Message = {
    id: uuidOf(world.uniqueHex(32)),
    body,
    attributes,
    sentAt: now,
    visibleAt: new Date(now.getTime() + delay * 1000),
    receiveCount: 0,
    firstReceivedAt: undefined,
    receiptHandle: undefined,
    movedFrom: undefined,
  };
  queue.messages.push(message);
  const tell = (): void => {
    for (const wake of queue.waiting) {
      wake();
    }
  };
  if (delay === 0) {
    tell();
  } else {
    world.clock.after(delay, tell);
  }
  return message;
}

const uuidOf = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/**
 * Another service of this account sends a message. False when the queue is not there. Its policy is kept, and not asked.
 */
export function deliverToQueue(
  world: World,
  arn: string,
  { body, attributes = {} }: { readonly body: string; readonly attributes?: Message['attributes'] },
): boolean {
  const queue = queueOfArn(world, arn);
  if (!queue) {
    return false;
  }
  addMessage(world, queue, { body, attributes, delay: numberOf(queue.attributes, 'DelaySeconds') });
  return true;
}

function sendBatch(world: World, { QueueUrl, Entries = [] }: SendMessageBatchRequest): SendMessageBatchResult {
  const queue = queueAt(world, QueueUrl);
  checkBatch(Entries);
  return perEntry(Entries, (entry) => send(world, queue, entry as Sent));
}

export function sendingHandlers(world: World): Record<string, Handler> {
  return {
    SendMessage: (input: SendMessageRequest): SendMessageResult =>
      send(world, queueAt(world, input.QueueUrl), input as Sent),
    SendMessageBatch: (input: SendMessageBatchRequest) => sendBatch(world, input),
  };
}
