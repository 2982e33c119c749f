import { randomUUID } from 'node:crypto';
import type { SimClock } from '../../clock.ts';
import type { WebhookFaults } from '../faults.ts';
import type { Delivery, Envelope } from './delivery.ts';
import { type Attempt, postWebhook, type WebhookTarget, webhookHeaders } from './post.ts';

export interface WebhookSender {
  /** Every attempt so far, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Queues a webhook behind those before it. */
  send(envelope: Omit<Envelope, 'guid'>): void;
  /** Queues a further attempt with the same GUID and body. Undefined when there is no such delivery. */
  redeliver(id: number): Delivery | undefined;
  /** Resolves once nothing is queued. What a fault holds back until later on the clock is not waited for. */
  idle(): Promise<void>;
  setTarget(target: WebhookTarget | undefined): void;
}

interface WebhookSenderOptions {
  readonly appId: () => number;
  readonly clock: SimClock;
  readonly faults: WebhookFaults;
  readonly nextId: () => number;
  readonly timeoutMilliseconds: number;
}

function lostAttempt({ body }: Envelope, headers: Attempt['request']['headers']): Attempt {
  return {
    durationSeconds: 0,
    status: 'lost on the way',
    statusCode: 0,
    request: { headers, body },
    response: undefined,
  };
}

/**
 * Sends one webhook after the other, each once the one before was answered. GitHub promises no order and sends no
 * webhook twice by itself; what it does when things go wrong is asked for through the faults.
 */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { appId, clock, faults, nextId, timeoutMilliseconds } = options;
  const deliveries: Delivery[] = [];
  let target: WebhookTarget | undefined;
  let queue: Promise<void> = Promise.resolve();
  let held: Envelope[] = [];

  function record(envelope: Envelope, attempt: Attempt, redelivery: boolean): void {
    const { guid, event, action, installationId, repositoryId, sender } = envelope;
    const about = { guid, event, action, installationId, repositoryId, sender, redelivery };
    deliveries.push({ id: nextId(), ...about, deliveredAt: clock.now(), ...attempt });
  }

  function enqueue(envelope: Envelope, redelivery = false): void {
    const to = target;
    if (to) {
      queue = queue.then(async () => {
        record(envelope, await postWebhook({ ...to, appId: appId(), timeoutMilliseconds }, envelope), redelivery);
      });
    }
  }

  function dispatch(envelope: Envelope, to: WebhookTarget): void {
    const effect = faults.take(envelope);
    if (effect === undefined) {
      enqueue(envelope);
    } else if (effect === 'drop') {
      const attempt = lostAttempt(envelope, webhookHeaders({ secret: to.secret, appId: appId() }, envelope));
      queue = queue.then(() => record(envelope, attempt, false));
    } else if (effect === 'duplicate') {
      enqueue(envelope);
      enqueue(envelope);
    } else if (effect === 'after-next') {
      held.push(envelope);
      return;
    } else {
      clock.after(effect.delaySeconds, () => enqueue(envelope));
      return;
    }
    const released = held;
    held = [];
    for (const late of released) {
      enqueue(late);
    }
  }

  return {
    deliveries,
    send(envelope) {
      if (target) {
        dispatch({ ...envelope, guid: randomUUID() }, target);
      }
    },
    redeliver(id) {
      const delivery = deliveries.find((each) => each.id === id);
      if (delivery) {
        enqueue({ ...delivery, body: delivery.request.body }, true);
      }
      return delivery;
    },
    async idle() {
      for (let seen: Promise<void> | undefined; seen !== queue; ) {
        seen = queue;
        await seen;
      }
    },
    setTarget(next) {
      target = next;
    },
  };
}
