import type { Target } from '@aws-sdk/client-scheduler';
import { publish } from '../sns/publish.ts';
import { deliverToQueue } from '../sqs/sending.ts';
import type { World } from '../world.ts';
import type { Schedule } from './state.ts';

export interface Sending {
  readonly schedule: Schedule;
  readonly target: Target;
  readonly scheduledFor: Date;
  readonly executionId: string;
  readonly attempt: number;
}

/** Hands the input to a function, a queue or a topic. Returns what kept it from that, in words; undefined when nothing did. */
export function sendToTarget(world: World, sending: Sending): string | undefined {
  const { Arn = '' } = sending.target;
  const input = inputOf(world, sending);
  if (Arn.startsWith('arn:aws:lambda:')) {
    return world.lambda.accept(Arn, input) ? undefined : `Nothing runs the function ${Arn}.`;
  }
  if (Arn.startsWith('arn:aws:sqs:')) {
    return deliverToQueue(world, Arn, { body: input }) ? undefined : 'The specified queue does not exist.';
  }
  if (!world.sns.topics.has(Arn)) {
    return 'Topic does not exist';
  }
  publish(world, { TopicArn: Arn, Message: input });
  return undefined;
}

/**
 * The input with its context attributes filled in, or the event that is sent without one.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
function inputOf(world: World, { schedule, target, scheduledFor, executionId, attempt }: Sending): string {
  const time = scheduledFor.toISOString().replace(/\.\d+Z$/, 'Z');
  if (target.Input === undefined || target.Input === '') {
    return JSON.stringify({
      version: '0',
      id: executionId,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: world.accountId,
      time,
      region: world.region,
      resources: [schedule.arn],
      detail: '{}',
    });
  }
  return target.Input.replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));
}
