import type {
  ChangeMessageVisibilityRequest,
  DeleteMessageBatchRequest,
  DeleteMessageBatchResult,
  DeleteMessageRequest,
  PurgeQueueRequest,
} from '@aws-sdk/client-sqs';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { checkBatch, perEntry } from './batches.ts';
import { invalidParameter, queueAt } from './lookup.ts';
import type { Message, Queue } from './state.ts';

const LONGEST_TIMEOUT_SECONDS = 43_200;
const SECONDS_BETWEEN_PURGES = 60;

/** May be called again: a message that is gone, or was received again since, is not touched. Throws ReceiptHandleIsInvalid. */
function deleteMessage(queue: Queue, receiptHandle: string | undefined): void {
  const message = messageOf(queue, receiptHandle);
  queue.messages = queue.messages.filter((other) => other !== message);
}

function messageOf(queue: Queue, receiptHandle = ''): Message | undefined {
  if (!/^[\da-f-]{36}#[\da-f]{32}$/.test(receiptHandle)) {
    throw new Refusal(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
    );
  }
  return queue.messages.find((message) => message.receiptHandle === receiptHandle);
}

function deleteBatch(world: World, { QueueUrl, Entries = [] }: DeleteMessageBatchRequest): DeleteMessageBatchResult {
  const queue = queueAt(world, QueueUrl);
  checkBatch(Entries);
  return perEntry(Entries, ({ ReceiptHandle }) => {
    deleteMessage(queue, ReceiptHandle);
    return {};
  });
}

/** From now on, not from the delivery. Throws MessageNotInflight. */
function changeVisibility(world: World, input: ChangeMessageVisibilityRequest): void {
  const queue = queueAt(world, input.QueueUrl);
  const { VisibilityTimeout: seconds = 0 } = input;
  if (seconds < 0 || seconds > LONGEST_TIMEOUT_SECONDS) {
    throw invalidParameter(
      String(seconds),
      'VisibilityTimeout',
      `Must be between 0 and ${LONGEST_TIMEOUT_SECONDS}, if provided.`,
    );
  }
  const now = world.clock.now();
  const message = messageOf(queue, input.ReceiptHandle);
  if (!message || message.visibleAt <= now) {
    throw new Refusal('MessageNotInflight', 'The specified message is not in flight.');
  }
  message.visibleAt = new Date(now.getTime() + seconds * 1000);
}

function purge(world: World, { QueueUrl }: PurgeQueueRequest): void {
  const queue = queueAt(world, QueueUrl);
  const now = world.clock.now();
  if (queue.purgedAt && now.getTime() - queue.purgedAt.getTime() < SECONDS_BETWEEN_PURGES * 1000) {
    throw new Refusal(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every ${SECONDS_BETWEEN_PURGES} seconds.`,
    );
  }
  queue.purgedAt = now;
  queue.messages = [];
}

export function receivedHandlers(world: World): Record<string, Handler> {
  return {
    DeleteMessage: (input: DeleteMessageRequest) => deleteMessage(queueAt(world, input.QueueUrl), input.ReceiptHandle),
    DeleteMessageBatch: (input: DeleteMessageBatchRequest) => deleteBatch(world, input),
    ChangeMessageVisibility: (input: ChangeMessageVisibilityRequest) => changeVisibility(world, input),
    PurgeQueue: (input: PurgeQueueRequest) => purge(world, input),
  };
}
