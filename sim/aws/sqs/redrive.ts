import type { World } from '../world.ts';
import { invalidParameter, queueOfArn } from './lookup.ts';
import type { Message, Queue } from './state.ts';

interface Redrive {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

const MOST_RECEIVES = 1000;

/** Throws InvalidParameterValue: a policy names a queue of this account and a number of deliveries. */
export function checkRedrive(world: World, policy: string): void {
  const refuse = (reason: string) => invalidParameter(policy, 'RedrivePolicy', reason);
  const redrive = redriveIn(policy);
  if (!redrive) {
    throw refuse('Redrive policy is not a valid JSON map.');
  }
  const { deadLetterTargetArn, maxReceiveCount } = redrive;
  if (!(Number.isInteger(maxReceiveCount) && maxReceiveCount >= 1 && maxReceiveCount <= MOST_RECEIVES)) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to ${MOST_RECEIVES} both inclusive.`,
    );
  }
  if (!queueOfArn(world, deadLetterTargetArn)) {
    throw refuse('Dead letter target does not exist.');
  }
}

function redriveIn(policy: string): Redrive | undefined {
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy) as Readonly<Record<string, unknown>>;
    return { deadLetterTargetArn: String(deadLetterTargetArn as string), maxReceiveCount: Number(maxReceiveCount) };
  } catch {
    return undefined;
  }
}

/**
 * True when the message was delivered as often as the queue allows, and went to the dead-letter queue instead. Its
 * retention goes on from when it was first sent.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export function movedAway(world: World, queue: Queue, message: Message): boolean {
  const redrive = redriveIn(queue.attributes.get('RedrivePolicy') ?? '');
  const target = redrive && queueOfArn(world, redrive.deadLetterTargetArn);
  if (!target || message.receiveCount < redrive.maxReceiveCount) {
    return false;
  }
  target.messages.push({ ...message, movedFrom: queue.arn, receiptHandle: undefined, visibleAt: world.clock.now() });
  return true;
}

/** The queues whose dead letters go to this one. */
export function sourcesOf(world: World, { arn }: Queue): Queue[] {
  return [...world.sqs.queues.values()].filter(
    ({ attributes }) => redriveIn(attributes.get('RedrivePolicy') ?? '')?.deadLetterTargetArn === arn,
  );
}
