import type { World } from '../world.ts';
import { livingMessages } from './retention.ts';
import type { Queue } from './state.ts';

/** How many messages can be received, are being worked on, and wait for their delay to pass. */
export function countsOf(world: World, queue: Queue): Record<string, string> {
  const now = world.clock.now();
  const messages = livingMessages(world, queue);
  const hidden = messages.filter(({ visibleAt }) => visibleAt > now);
  const inFlight = hidden.filter(({ receiptHandle }) => receiptHandle !== undefined);
  return {
    ApproximateNumberOfMessages: String(messages.length - hidden.length),
    ApproximateNumberOfMessagesNotVisible: String(inFlight.length),
    ApproximateNumberOfMessagesDelayed: String(hidden.length - inFlight.length),
  };
}
