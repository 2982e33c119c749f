import type { Envelope } from './webhooks/delivery.ts';

/** What becomes of a request. `lose-answer` does the work and cuts the connection. */
export type RestEffect =
  | { readonly kind: 'status'; readonly status: number; readonly message?: string }
  | { readonly kind: 'primary-limit' }
  | { readonly kind: 'secondary-limit'; readonly retryAfterSeconds: number }
  | { readonly kind: 'lose-answer' };

/**
 * What becomes of a webhook: sent twice with one GUID, never sent (a redelivery can still be asked for), sent after the
 * one that follows it, or sent when so many seconds of the clock have passed.
 */
type WebhookEffect = 'duplicate' | 'drop' | 'after-next' | { readonly delaySeconds: number };

interface RestFault {
  /** GitHub's id of the operation, such as `checks/update`; any when left out. */
  readonly operation?: string;
  /** How many requests are left alone first. Default 0. */
  readonly skip?: number;
  /** How many are hit. Default 1. */
  readonly times?: number;
  readonly effect: RestEffect;
}

interface WebhookFault {
  readonly event?: string;
  readonly action?: string;
  /** Of the webhooks of that event and action, only these. */
  readonly only?: (webhook: Pick<Envelope, 'event' | 'sender'>) => boolean;
  readonly skip?: number;
  readonly times?: number;
  readonly effect: WebhookEffect;
}

/** The side of the webhook faults the sender sees. */
export interface WebhookFaults {
  /** The effect on this webhook, which counts as one of the fault's times. */
  take(envelope: Pick<Envelope, 'event' | 'action' | 'sender'>): WebhookEffect | undefined;
}

export interface Faults {
  /** Faults are tried in the order they were added; the first that fits is used. */
  addRest(fault: RestFault): void;
  addWebhook(fault: WebhookFault): void;
  takeRest(operation: string): RestEffect | undefined;
  readonly webhooks: WebhookFaults;
  /** Forgets every fault not yet used up. */
  clear(): void;
}

interface Armed<Fault> {
  readonly fault: Fault;
  skip: number;
  left: number;
}

function takeFrom<Fault>(armed: readonly Armed<Fault>[], fits: (fault: Fault) => boolean): Fault | undefined {
  for (const each of armed) {
    if (each.left > 0 && fits(each.fault)) {
      if (each.skip === 0) {
        each.left -= 1;
        return each.fault;
      }
      each.skip -= 1;
    }
  }
  return undefined;
}

export function createFaults(): Faults {
  const rest: Armed<RestFault>[] = [];
  const webhooks: Armed<WebhookFault>[] = [];
  return {
    addRest: (fault) => void rest.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 }),
    addWebhook: (fault) => void webhooks.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 }),
    takeRest: (operation) =>
      takeFrom(rest, (fault) => fault.operation === undefined || fault.operation === operation)?.effect,
    webhooks: {
      take: ({ event, action, sender }) =>
        takeFrom(
          webhooks,
          (fault) =>
            (fault.event === undefined || fault.event === event) &&
            (fault.action === undefined || fault.action === action) &&
            (fault.only?.({ event, sender }) ?? true),
        )?.effect,
    },
    clear() {
      rest.length = 0;
      webhooks.length = 0;
    },
  };
}
