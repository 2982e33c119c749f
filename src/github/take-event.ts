import type { IncomingHttpHeaders } from 'node:http';
import type { Probot } from 'probot';

type Event = Parameters<Probot['webhooks']['receive']>[0];

/** The event of a body whose signature was verified; undefined when there is none in it. */
export function readEvent(headers: IncomingHttpHeaders, body: string): Event | undefined {
  const { 'x-github-event': name, 'x-github-delivery': id } = headers;
  const payload = parse(body);
  if (typeof name !== 'string' || typeof id !== 'string' || typeof payload !== 'object' || payload === null) {
    return undefined;
  }
  // GitHub signed it, and says by the event's name what the payload is.
  return { id, name, payload } as Event;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * Has Probot's handlers take an event in. False when they could not, or not within that time: then it may be taken in
 * later all the same, and when it is delivered again that counts once. What went wrong is logged by Probot.
 */
export async function takeEvent(probot: Probot, event: Event, milliseconds: number): Promise<boolean> {
  const taking = probot.webhooks.receive(event).then(
    () => true,
    () => false,
  );
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), milliseconds);
  try {
    return await Promise.race([taking, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
