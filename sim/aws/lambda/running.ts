import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Invocation, InvokeHandler, LambdaFunction } from './state.ts';

const KEPT = 1000;

/** How a run ended: what it answered, or what it failed with, as JSON. */
export interface Ended {
  readonly failed: boolean;
  readonly payload: string;
}

/** Throws InvalidAction: the local cloud runs no code by itself, and does not pretend to have done so. */
export function handlerFor({ lambda }: World, { name }: LambdaFunction): InvokeHandler {
  if (!lambda.onInvoke) {
    throw new Refusal(
      'InvalidAction',
      `The local cloud runs no code, and its host has registered nothing that answers for the function ${name}.`,
    );
  }
  return lambda.onInvoke;
}

/** Keeps the invocation, and runs it. A function that throws has failed: nothing is thrown here. */
export async function run(
  world: World,
  held: LambdaFunction,
  asked: Pick<Invocation, 'requestId' | 'type' | 'payload' | 'attempt'>,
): Promise<Ended> {
  const invocation = record(world, held, { ...asked, outcome: 'running' });
  const ended = await ending(world, held, invocation);
  invocation.outcome = ended.failed ? 'failed' : 'ok';
  return ended;
}

async function ending(world: World, held: LambdaFunction, { requestId, payload }: Invocation): Promise<Ended> {
  const { name, arn, settings } = held;
  const environment = settings.Environment?.Variables ?? {};
  try {
    const handler = handlerFor(world, held);
    const answer = await handler({ functionName: name, functionArn: arn, requestId, payload, environment });
    return { failed: false, payload: JSON.stringify(answer ?? null) };
  } catch (error) {
    const { name: errorType, message: errorMessage } = error instanceof Error ? error : new Error(String(error));
    return { failed: true, payload: JSON.stringify({ errorType, errorMessage }) };
  }
}

export function record(world: World, held: LambdaFunction, invocation: Omit<Invocation, 'at'>): Invocation {
  const kept = { ...invocation, at: world.clock.now() };
  held.invocations = [...held.invocations, kept].slice(-KEPT);
  return kept;
}
