import type { World } from '../world.ts';
import { sendToDestinations } from './destinations.ts';
import { LATEST, newRevisionId, referenceIn } from './lookup.ts';
import { run } from './running.ts';
import type { LambdaFunction } from './state.ts';

// Two retries, after one minute and two more, within six hours, unless the function says otherwise:
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
const USUAL_RETRIES = 2;
const USUAL_AGE_SECONDS = 21_600;
const SECONDS_BEFORE_RETRY = [60, 120];

interface Event {
  readonly requestId: string;
  readonly payload: string;
  readonly acceptedAt: Date;
}

/** Queues an event, which is run as soon as the clock moves, and again when it fails. Returns the id of the request. */
export function acceptEvent(world: World, held: LambdaFunction, payload: string): string {
  const event = { requestId: newRevisionId(world), payload, acceptedAt: world.clock.now() };
  schedule(world, held, { event, attempt: 1, inSeconds: 0 });
  return event.requestId;
}

interface Attempt {
  readonly event: Event;
  readonly attempt: number;
  readonly inSeconds: number;
}

function schedule(world: World, held: LambdaFunction, { event, attempt, inSeconds }: Attempt): void {
  world.clock.after(inSeconds, () => {
    void tryEvent(world, held, { event, attempt, inSeconds });
  });
}

async function tryEvent(world: World, held: LambdaFunction, { event, attempt }: Attempt): Promise<void> {
  const { requestId, payload, acceptedAt } = event;
  const config = held.eventInvoke.get(LATEST);
  const ended = await run(world, held, { requestId, type: 'Event', payload, attempt });
  const outcome = { requestId, payload, attempts: attempt, ended };
  if (!ended.failed) {
    sendToDestinations(world, held, { ...outcome, condition: 'Success' });
    return;
  }
  const delay = SECONDS_BEFORE_RETRY[attempt - 1] ?? Number.POSITIVE_INFINITY;
  const ageThen = (world.clock.now().getTime() - acceptedAt.getTime()) / 1000 + delay;
  if (attempt > (config?.mostRetries ?? USUAL_RETRIES)) {
    sendToDestinations(world, held, { ...outcome, condition: 'RetriesExhausted' });
  } else if (ageThen > (config?.mostAgeSeconds ?? USUAL_AGE_SECONDS)) {
    sendToDestinations(world, held, { ...outcome, condition: 'EventAgeExceeded' });
  } else {
    schedule(world, held, { event, attempt: attempt + 1, inSeconds: delay });
  }
}

/** For the services that call functions: see `LambdaState.accept`. */
export function acceptFromService(world: World, arn: string, payload: string): boolean {
  const held = world.lambda.functions.get(referenceIn(arn).name);
  if (!held || !world.lambda.onInvoke || held.state !== 'Active') {
    return false;
  }
  acceptEvent(world, held, payload);
  return true;
}
