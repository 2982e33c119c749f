import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Queue } from './state.ts';

/** The host does not count: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html */
export function queueAt(world: World, url: string | undefined): Queue {
  const [, accountId, name = ''] = /\/(\d{12})\/([^/]+)\/?$/.exec(url ?? '') ?? [];
  const queue = accountId === world.accountId ? world.sqs.queues.get(name) : undefined;
  if (!queue) {
    throw noSuchQueue();
  }
  return queue;
}

export function noSuchQueue(): Refusal {
  return new Refusal('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function queueOfArn(world: World, arn: string): Queue | undefined {
  return [...world.sqs.queues.values()].find((queue) => queue.arn === arn);
}

/** What SQS says of a value outside its constraint; the code is of the errors common to all actions. */
export function invalidParameter(value: string, parameter: string, reason: string): Refusal {
  return new Refusal(
    'InvalidParameterValue',
    `Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`,
  );
}
