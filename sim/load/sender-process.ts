import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { SendingOrder, Sent } from './sending.ts';

/** How often is looked at what is due. */
const LOOK_EVERY_MS = 2;
/** GitHub waits ten seconds. */
const PATIENCE_MS = 10_000;

/**
 * The program of a process that sends. Each delivery has its time, whatever became of those before it: a server that
 * stands still is not spared, and what it makes wait is measured.
 */
const agent = new Agent({ keepAlive: true });

async function send({ url, messages, deliveries, rate }: SendingOrder): Promise<readonly Sent[]> {
  const beganAt = performance.now() + 100;
  const answers: Promise<Sent>[] = [];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const now = performance.now();
      for (;;) {
        const delivery = deliveries[answers.length];
        const dueAt = beganAt + (answers.length * 1000) / rate;
        if (!delivery || dueAt > now) {
          break;
        }
        const message = messages[delivery.message];
        if (!message) {
          throw new RangeError(`there is no message ${delivery.message}`);
        }
        answers.push(post(url, { ...message, id: delivery.id, dueAt }));
      }
      if (answers.length === deliveries.length) {
        clearInterval(timer);
        resolve();
      }
    }, LOOK_EVERY_MS);
  });
  return await Promise.all(answers);
}

async function post(
  url: string,
  message: SendingOrder['messages'][number] & { readonly id: string; readonly dueAt: number },
): Promise<Sent> {
  const { event, secret, id, dueAt } = message;
  const lateMilliseconds = performance.now() - dueAt;
  const body = told(message.body, id);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-github-event': event,
    'x-github-delivery': id,
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  return await new Promise((resolve) => {
    const end = (status: number) => resolve({ status, milliseconds: performance.now() - dueAt, lateMilliseconds });
    const outgoing = request(url, { method: 'POST', agent, headers, timeout: PATIENCE_MS }, (response) => {
      response.resume().once('end', () => end(response.statusCode ?? 0));
    });
    outgoing.once('timeout', () => outgoing.destroy());
    outgoing.once('error', () => end(0));
    outgoing.end(body);
  });
}

/** No two things that happen are told in the same words, and what is told twice is. */
function told(body: string, id: string): string {
  return `${body.slice(0, -1)},"told":"${id}"}`;
}

process.on('disconnect', () => process.exit(0));
process.once('message', (order) => {
  void send(order as SendingOrder).then((sent) => process.send?.(sent, () => process.exit(0)));
});
