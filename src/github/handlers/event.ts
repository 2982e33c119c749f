import { digestOf } from '../../domain/digest.ts';
import { isAllowedBot } from '../../reconcile/inbox/authorise.ts';
import type { Delivery, Fact, Petition, Sender } from '../../reconcile/inbox/delivery.ts';
import { isBot } from '../bots.ts';
import type { HandlerPorts } from './handler-ports.ts';

/** What every payload carries that a handler acts on. */
interface EventPayload {
  readonly installation?: { readonly id: number } | undefined;
  readonly repository: { readonly full_name: string };
  /** Missing from a few events that GitHub sends by itself. */
  readonly sender?: { readonly login: string; readonly type?: string } | undefined;
}

/**
 * An event reduced to what Mayfly acts on. Undefined for an event that reaches the app by another way than an
 * installation: there is nothing it could do with it.
 */
export function deliveryOf(
  { id, payload }: { readonly id: string; readonly payload: EventPayload },
  { number, saidAt, says }: { number: number; saidAt: string | null | undefined; says: Fact | Petition },
): Delivery | undefined {
  const { installation, repository } = payload;
  return (
    installation && {
      id,
      ...(isTimeless(says) ? {} : { digest: digestOf(payload) }),
      installationId: installation.id,
      pullRequest: { repository: repository.full_name, number },
      sender: senderOf(payload),
      saidAt: instantOf(saidAt),
      says,
    }
  );
}

/** A press of a button: its payload tells no time, and a second press is the same words. */
function isTimeless({ kind }: Fact | Petition): boolean {
  return kind === 'button';
}

/** A bot that is obeyed by nobody's leave is not even heard: two bots that answer each other would never end. */
export function mayAsk(payload: EventPayload, ports: Pick<HandlerPorts, 'allowedBots' | 'ownLogin'>): boolean {
  const { login, isBot } = senderOf(payload);
  return !isBot || isAllowedBot(login, ports);
}

/** Nobody is no person, whom one could ask about. */
function senderOf({ sender }: EventPayload): Sender {
  const login = sender?.login ?? 'github';
  return { login, isBot: isBot(sender) };
}

function instantOf(text: string | null | undefined): Date | null {
  const milliseconds = Date.parse(text ?? '');
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds);
}

/**
 * Runs a handler so that nothing it throws is read outside: Probot puts the message of an error into its answer. GitHub
 * sees that the delivery failed and keeps it for redelivery; the log has the cause.
 */
export function guarded<C>(handler: (context: C) => Promise<void>): (context: C) => Promise<void> {
  return async (context) => {
    try {
      await handler(context);
    } catch (error) {
      throw new Error('the event was not taken in; it can be delivered again', { cause: error });
    }
  };
}
