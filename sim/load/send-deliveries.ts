import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Message } from './messages.ts';
import type { Due } from './plan.ts';
import type { SendingOrder, Sent } from './sending.ts';

const PROGRAM = fileURLToPath(new URL('sender-process.ts', import.meta.url));

/** One delivery of the plan, and what came of it. */
export interface Delivered extends Due, Sent {
  readonly id: string;
}

/** Sends what is planned from a process of its own. Rejects when that ends before it is done. */
export async function sendDeliveries(
  plan: readonly Due[],
  { url, rate }: { url: string; rate: number },
): Promise<readonly Delivered[]> {
  const ids: string[] = [];
  for (const { repeats } of plan) {
    ids.push((repeats === null ? undefined : ids[repeats]) ?? randomUUID());
  }
  const messages: Message[] = [...new Set(plan.map(({ message }) => message))];
  const places = new Map(messages.map((message, place) => [message, place]));
  const deliveries = plan.map(({ message }, index) => ({ message: places.get(message) ?? 0, id: ids[index] ?? '' }));
  const sent = await sendFromProcess({ url, rate, messages, deliveries });
  return plan.map((due, index) => ({ ...due, id: ids[index] ?? '', ...(sent[index] ?? UNSENT) }));
}

const UNSENT: Sent = { status: 0, milliseconds: Number.POSITIVE_INFINITY, lateMilliseconds: 0 };

async function sendFromProcess(order: SendingOrder): Promise<readonly Sent[]> {
  const child = fork(PROGRAM, { execArgv: [] });
  return await new Promise((resolve, reject) => {
    child.once('message', (sent) => resolve(sent as readonly Sent[]));
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`who sends ended with ${code}`)));
    child.send(order);
  });
}
