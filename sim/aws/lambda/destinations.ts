import { publish } from '../sns/publish.ts';
import { deliverToQueue } from '../sqs/sending.ts';
import type { World } from '../world.ts';
import { LATEST } from './lookup.ts';
import type { Ended } from './running.ts';
import type { LambdaFunction } from './state.ts';

export interface Outcome {
  readonly requestId: string;
  readonly payload: string;
  readonly attempts: number;
  readonly ended: Ended;
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
}

/**
 * Tells the destination for success or failure, and the dead-letter target of an event that failed.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function sendToDestinations(world: World, held: LambdaFunction, outcome: Outcome): void {
  const { OnSuccess, OnFailure } = held.eventInvoke.get(LATEST)?.destinations ?? {};
  const destination = (outcome.condition === 'Success' ? OnSuccess : OnFailure)?.Destination;
  if (destination) {
    send(world, destination, { body: JSON.stringify(recordOf(world, held, outcome)) });
  }
  const deadLetters = held.settings.DeadLetterConfig?.TargetArn;
  if (deadLetters && outcome.condition !== 'Success') {
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    const { errorMessage = '' } = JSON.parse(outcome.ended.payload) as { errorMessage?: string };
    send(world, deadLetters, {
      body: outcome.payload,
      attributes: {
        RequestID: text(outcome.requestId),
        ErrorCode: { DataType: 'Number', StringValue: '200' },
        ErrorMessage: text(errorMessage.slice(0, 1024) || 'Unknown'),
      },
    });
  }
}

/** Topics, queues and functions of this account; what is sent elsewhere, or to what is gone, is lost. */
function send(world: World, arn: string, message: Parameters<typeof deliverToQueue>[2]): void {
  if (arn.startsWith('arn:aws:sqs:')) {
    deliverToQueue(world, arn, message);
  }
  if (world.sns.topics.has(arn)) {
    publish(world, { TopicArn: arn, Message: message.body, MessageAttributes: { ...message.attributes } });
  }
  if (arn.startsWith('arn:aws:lambda:')) {
    world.lambda.accept(arn, message.body);
  }
}

function recordOf({ clock }: World, { arn }: LambdaFunction, outcome: Outcome) {
  const { requestId, payload, attempts, ended, condition } = outcome;
  return {
    version: '1.0',
    timestamp: clock.now().toISOString(),
    requestContext: {
      requestId,
      functionArn: `${arn}:${LATEST}`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: JSON.parse(payload) as unknown,
    responseContext: {
      statusCode: 200,
      executedVersion: LATEST,
      ...(ended.failed && { functionError: 'Unhandled' }),
    },
    responsePayload: JSON.parse(ended.payload) as unknown,
  };
}
