import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Probot } from 'probot';
import { quietLogger } from '../telemetry/quiet-log.ts';
import { discardRest, readBody } from './request-body.ts';

/** "Payloads are capped at 25 MB" (GitHub, webhook events and payloads). */
const MAX_BODY_BYTES = 25 * 1024 * 1024;
/** Bodies that may be held at once before their signatures are known; more senders than that are asked to come again. */
const MAX_HELD_BODIES = 8;

/** What stands between the network and Probot's middleware. */
export interface WebhookDoor {
  /** Answers requests for the webhook path; false for any other path, and then nothing was done. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** From now on deliveries are answered 503, and GitHub keeps them for redelivery. */
  shut(): void;
}

/**
 * Lets in only what GitHub signed. Probot by itself reads bodies of any size before it looks at a signature, and logs
 * the whole of what it refuses (ADR 6); here a body has a limit, is read once, and its signature is
 * checked before anything else is done with it.
 */
export async function createWebhookDoor({
  probot,
  path,
  log,
}: {
  probot: Probot;
  path: string;
  log: Logger;
}): Promise<WebhookDoor> {
  // Errors are logged by Probot's error handler; its middleware would log each of them once more.
  const middleware = await probot.getNodeMiddleware({ path, log: log.child({}, { level: 'silent' }) });
  const quietLog = quietLogger(log);
  const refusals = createRefusalLog(quietLog);
  let held = 0;
  let shut = false;

  async function admit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, MAX_BODY_BYTES);
    if ('refused' in body) {
      await refuseBody(request, response, body.refused);
      return;
    }
    const payload = body.bytes.toString('utf8');
    if (!(await isSigned(probot, request, payload))) {
      refusals.count();
      answer(response, { status: 400, message: 'the signature does not match' });
      return;
    }
    await middleware(Object.assign(request, { body: payload }), response);
  }

  return {
    async handle(request, response) {
      if (pathOf(request) !== path) {
        return false;
      }
      const refusal = refusalOf(request, { shut, full: held >= MAX_HELD_BODIES });
      if (refusal) {
        answer(response, refusal);
        return true;
      }
      held += 1;
      try {
        await admit(request, response);
      } catch (error) {
        // Signed, and yet no payload: Probot's middleware itself fails on JSON that is not an object.
        quietLog.warn({ err: error }, 'a signed webhook could not be read');
        answer(response, { status: 400, message: 'the payload could not be read' });
      } finally {
        held -= 1;
      }
      return true;
    },
    shut() {
      shut = true;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly message: string;
  readonly headers?: Record<string, string>;
}

function refusalOf(request: IncomingMessage, { shut, full }: { shut: boolean; full: boolean }): Answer | undefined {
  if (request.method !== 'POST') {
    return { status: 405, message: 'webhooks are posted', headers: { allow: 'POST' } };
  }
  if (shut || full) {
    return {
      status: 503,
      message: shut ? 'shutting down' : 'busy',
      headers: { 'retry-after': '10', connection: 'close' },
    };
  }
  return undefined;
}

async function refuseBody(request: IncomingMessage, response: ServerResponse, why: string): Promise<void> {
  if (why === 'cut-off') {
    response.destroy();
    return;
  }
  const message = 'the body is too large\n';
  response.writeHead(413, { 'content-type': 'text/plain', 'content-length': message.length, connection: 'close' });
  response.write(message);
  await discardRest(request, MAX_BODY_BYTES * 8);
  response.end();
}

async function isSigned(probot: Probot, request: IncomingMessage, payload: string): Promise<boolean> {
  const signature = request.headers['x-hub-signature-256'];
  if (payload === '' || typeof signature !== 'string' || !/^sha256=[\da-f]{64}$/i.test(signature)) {
    return false;
  }
  return await probot.webhooks.verify(payload, signature);
}

/** Says so the 1st, 2nd, 4th, 8th… time: a wrong secret is noticed, a flood does not fill the disk. */
function createRefusalLog(log: Logger): { count(): void } {
  let refused = 0;
  return {
    count() {
      refused += 1;
      if (Number.isInteger(Math.log2(refused))) {
        log.warn({ refused }, 'a webhook was refused: its signature does not match the webhook secret');
      }
    },
  };
}

function pathOf(request: IncomingMessage): string {
  const path = URL.parse(request.url ?? '/', 'http://localhost')?.pathname ?? '';
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

function answer(response: ServerResponse, { status, message, headers = {} }: Answer): void {
  if (!response.headersSent) {
    response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(`${message}\n`);
  }
}
