import { createHmac } from 'node:crypto';
import type { Delivery, Envelope } from './delivery.ts';

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
}

export type Attempt = Pick<Delivery, 'durationSeconds' | 'status' | 'statusCode' | 'request' | 'response'>;

/** GitHub waits ten seconds for an answer, of anybody's real time. */
export const answerTimeoutMilliseconds = 10_000;

export function webhookHeaders(
  { secret, appId }: { secret: string; appId: number },
  { guid, event, body }: Envelope,
): { [name: string]: string } {
  const sign = (algorithm: string): string =>
    `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/5f1b6a2',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(appId),
    'x-github-hook-installation-target-id': String(appId),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': sign('sha1'),
    'x-hub-signature-256': sign('sha256'),
  };
}

/** Posts once. Never throws: what went wrong is in the attempt, as GitHub's delivery log words it. */
export async function postWebhook(
  target: WebhookTarget & { appId: number; timeoutMilliseconds: number },
  envelope: Envelope,
): Promise<Attempt> {
  const headers = webhookHeaders(target, envelope);
  const request = { headers, body: envelope.body };
  const startedAt = performance.now();
  const seconds = (): number => Math.round((performance.now() - startedAt) / 10) / 100;
  const signal = AbortSignal.timeout(target.timeoutMilliseconds);
  try {
    const answer = await fetch(target.url, { method: 'POST', headers, body: envelope.body, signal });
    const response = { headers: Object.fromEntries(answer.headers), body: await answer.text() };
    const status = answer.ok ? 'OK' : `Invalid HTTP Response: ${answer.status}`;
    return { durationSeconds: seconds(), status, statusCode: answer.status, request, response };
  } catch {
    const timedOut = signal.aborted;
    return {
      durationSeconds: seconds(),
      status: timedOut ? 'timed out' : 'failed to connect to host',
      statusCode: timedOut ? 504 : 502,
      request,
      response: undefined,
    };
  }
}
