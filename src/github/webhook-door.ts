import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Probot } from 'probot';
import { quietLogger } from '../telemetry/quiet-log.ts';
import { type BodyRefusal, createBodyRoom, discardRest, type RequestBody } from './request-body.ts';

/** "Payloads are capped at 25 MB" (GitHub, webhook events and payloads). */
const MAX_BODY_BYTES = 25 * 1024 * 1024;
/** What bodies may take up together, whoever they are of: twice the greatest there is, and thousands of usual ones. */
const ROOM_BYTES = 2 * MAX_BODY_BYTES;
/** What a refused sender may still send before it is hung up on. */
const MAX_DISCARDED_BYTES = 8 * MAX_BODY_BYTES;
const SIGNATURE = /^sha256=[\da-f]{64}$/i;

/** What stands between the network and Probot's middleware. */
export interface WebhookDoor {
  /** Answers requests for the webhook path; false for any other path, and then nothing was done. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** From now on deliveries are answered 503, and GitHub keeps them for redelivery. */
  shut(): void;
}

/**
 * Lets in only what GitHub signed. Probot by itself reads bodies of any size before it looks at a signature, and logs
 * the whole of what it refuses (ADR 6). Here what bears no signature, or is no JSON, is not read at all; a body has a
 * limit, is read once, and its signature is checked before anything else is done with it.
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
  const room = createBodyRoom(ROOM_BYTES);
  let shut = false;

  async function admit(request: IncomingMessage, response: ServerResponse, body: RequestBody): Promise<void> {
    if ('refused' in body) {
      await refuseBody(request, response, body.refused);
      return;
    }
    const payload = body.bytes.toString('utf8');
    if (!(await isSigned(probot, request, payload))) {
      refusals.count();
      answer(response, NOT_SIGNED);
      return;
    }
    try {
      await middleware(Object.assign(request, { body: payload }), response);
    } catch (error) {
      // Signed, and yet no payload: Probot's middleware itself fails on JSON that is not an object.
      quietLog.warn({ err: error }, 'a signed webhook could not be read');
      answer(response, { status: 400, message: 'the payload could not be read' });
    }
  }

  return {
    async handle(request, response) {
      if (pathOf(request) !== path) {
        return false;
      }
      const refusal = refusalOf(request, { shut });
      if (refusal) {
        if (refusal === NOT_SIGNED) {
          refusals.count();
        }
        await refuseUnread(request, response, refusal);
        return true;
      }
      await room.hold(request, MAX_BODY_BYTES, async (body) => await admit(request, response, body));
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

const NOT_SIGNED: Answer = { status: 400, message: 'the signature does not match' };
const LATER = { 'retry-after': '10' };
const REFUSED_BODIES: Readonly<Record<Exclude<BodyRefusal, 'cut-off'>, Answer>> = {
  'too-large': { status: 413, message: 'the body is too large' },
  'no-room': { status: 503, message: 'busy', headers: LATER },
};

/** Why a request is not worth its body. */
function refusalOf({ method, headers }: IncomingMessage, { shut }: { shut: boolean }): Answer | undefined {
  if (method !== 'POST') {
    return { status: 405, message: 'webhooks are posted', headers: { allow: 'POST' } };
  }
  if (shut) {
    return { status: 503, message: 'shutting down', headers: LATER };
  }
  // The app's manifest asks for JSON, and GitHub compresses nothing: a body that grows when it is read is nobody's.
  const isPlainJson =
    /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '') &&
    /^(identity)?$/i.test(headers['content-encoding'] ?? '');
  if (!isPlainJson) {
    return { status: 415, message: 'webhooks are JSON, and not compressed' };
  }
  return typeof headers['x-hub-signature-256'] === 'string' && SIGNATURE.test(headers['x-hub-signature-256'])
    ? undefined
    : NOT_SIGNED;
}

async function refuseBody(request: IncomingMessage, response: ServerResponse, why: BodyRefusal): Promise<void> {
  if (why === 'cut-off') {
    response.destroy();
    return;
  }
  await refuseUnread(request, response, REFUSED_BODIES[why]);
}

/** Answers at once, and then lets the body pass by: a sender that is hung up on while it sends never sees the answer. */
async function refuseUnread(request: IncomingMessage, response: ServerResponse, refusal: Answer): Promise<void> {
  const message = `${refusal.message}\n`;
  response.writeHead(refusal.status, {
    'content-type': 'text/plain',
    'content-length': message.length,
    connection: 'close',
    ...refusal.headers,
  });
  response.write(message);
  await discardRest(request, MAX_DISCARDED_BYTES);
  response.end();
}

/** `verify` compares in constant time (`timingSafeEqual`, in @octokit/webhooks-methods). */
async function isSigned(probot: Probot, request: IncomingMessage, payload: string): Promise<boolean> {
  return payload !== '' && (await probot.webhooks.verify(payload, String(request.headers['x-hub-signature-256'])));
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
