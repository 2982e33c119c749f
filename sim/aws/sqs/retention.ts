import type { World } from '../world.ts';
import { numberOf } from './attributes.ts';
import type { Message, Queue } from './state.ts';

/** The messages of a queue, after those were forgotten whose time is over. */
export function livingMessages({ clock }: World, queue: Queue): readonly Message[] {
  const oldest = clock.now().getTime() - numberOf(queue.attributes, 'MessageRetentionPeriod') * 1000;
  queue.messages = queue.messages.filter(({ sentAt }) => sentAt.getTime() > oldest);
  return queue.messages;
}
