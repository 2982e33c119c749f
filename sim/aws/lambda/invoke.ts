import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { acceptEvent } from './events.ts';
import { functionAsked, newRevisionId } from './lookup.ts';
import { handlerFor, record, run } from './running.ts';
import type { LambdaFunction } from './state.ts';

const LARGEST = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024, DryRun: 6 * 1024 * 1024 };

/**
 * Hands the payload to whatever the host of the simulator registered with `onInvoke`, now or, as an event, soon. Refused
 * without one. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function invoke(world: World, input: InvocationRequest): Promise<InvocationResponse> {
  const { held, qualifier } = functionAsked(world, input);
  const type = (input.InvocationType ?? 'RequestResponse') as keyof typeof LARGEST;
  const payload = payloadIn(input, LARGEST[type]);
  const base = { requestId: newRevisionId(world), payload, attempt: 1 };
  if (type === 'DryRun') {
    return { StatusCode: 204 };
  }
  try {
    checkRunnable(held);
    handlerFor(world, held);
  } catch (error) {
    record(world, held, { ...base, type, outcome: error instanceof Refusal ? error.message : String(error) });
    throw error;
  }
  if (type === 'Event') {
    acceptEvent(world, held, payload);
    return { StatusCode: 202 };
  }
  const ended = await run(world, held, { ...base, type });
  return {
    StatusCode: 200,
    ExecutedVersion: qualifier,
    Payload: Buffer.from(ended.payload) as unknown as NonNullable<InvocationResponse['Payload']>,
    ...(ended.failed && { FunctionError: 'Unhandled' }),
  };
}

function payloadIn({ Payload }: InvocationRequest, largest: number): string {
  const bytes = Buffer.from(Payload ?? []);
  if (bytes.length > largest) {
    throw new Refusal(
      'RequestTooLargeException',
      `${bytes.length} byte payload is too large for the invocation type (limit ${largest} bytes)`,
    );
  }
  const text = bytes.length === 0 ? '{}' : bytes.toString();
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new Refusal('InvalidRequestContentException', 'Could not parse request body into json');
  }
}

function checkRunnable({ state, arn, reservedConcurrency }: LambdaFunction): void {
  if (state === 'Pending') {
    throw new Refusal(
      'ResourceConflictException',
      `The operation cannot be performed at this time. The function is currently in the following state: Pending`,
    );
  }
  if (reservedConcurrency === 0) {
    throw new Refusal('TooManyRequestsException', `Rate Exceeded: no concurrency is reserved for ${arn}.`, {
      members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
    });
  }
}
