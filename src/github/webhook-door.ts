import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Probot } from 'probot';
import { quietLogger } from '../telemetry/quiet-log.ts';
import { createRareLog } from '../telemetry/rare-log.ts';
import { type BodyRefusal, createBodyRoom, discardRest, type RequestBody } from './request-body.ts';
import { readEvent, takeEvent } from './take-event.ts';

/** "Payloads are capped at 25 MB" (GitHub, webhook events and payloads). */
const MAX_BODY_BYTES = 25 * 1024 * 1024;
/** What bodies may take up together, whoever they are of: twice the greatest there is, and thousands of usual ones. */
const ROOM_BYTES = 2 * MAX_BODY_BYTES;
/** GitHub waits ten seconds, and then nobody knows whether a delivery was taken in. */
const PATIENCE_MILLISECONDS = 8_000;
/** What a refused sender may still send before it is hung up on. */
const MAX_DISCARDED_BYTES = 8 * MAX_BODY_BYTES;
const SIGNATURE = /^sha256=[\da-f]{64}$/i;

/** What stands between the network and Probot's handlers. */
export interface WebhookDoor {
  /** Answers requests for the webhook path; false for any other path, and then nothing was done. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** From now on deliveries are answered 503, and GitHub keeps them for redelivery. */
  shut(): void;
}

/**
 * Lets in only what GitHub signed, and says 2xx only of what was taken in. Probot's own middleware reads bodies of any
 * size before it looks at a signature, logs the whole of what it refuses, and answers 202 after nine seconds whatever
 * comes of a delivery (ADR 6). Here what bears no signature, or is no JSON, is not read at all; a body has a
 * limit, is read once, and its signature is checked before anything else is done with it.
 */
export function createWebhookDoor({
  probot,
  path,
  log,
  patienceMilliseconds = PATIENCE_MILLISECONDS,
}: {
  probot: Probot;
  path: string;
  log: Logger;
  /** Real time after which a delivery that is not taken in yet is answered all the same. */
  patienceMilliseconds?: number;
}): WebhookDoor {
  const quietLog = quietLogger(log);
  const refusals = createRareLog(quietLog, 'a webhook was refused: its signature does not match the webhook secret');
  const putOff = createRareLog(quietLog, 'a webhook was put off: the database is slow, or too much is in hand');
  const room = createBodyRoom(ROOM_BYTES);
  let shut = false;

  async function admit(request: IncomingMessage, response: ServerResponse, body: RequestBody): Promise<void> {
    if ('refused' in body) {
      if (body.refused === 'no-room') {
        putOff.count();
      }
      await refuseBody(request, response, body.refused);
      return;
    }
    const payload = body.bytes.toString('utf8');
    if (!(await isSigned(probot, request, payload))) {
      refusals.count();
      answer(response, NOT_SIGNED);
      return;
    }
    const event = readEvent(request.headers, payload);
    if (!event) {
      quietLog.warn({ event: request.headers['x-github-event'] }, 'a signed webhook could not be read');
      answer(response, { status: 400, message: 'the payload could not be read' });
      return;
    }
    const isTaken = await takeEvent(probot, event, patienceMilliseconds);
    if (!isTaken) {
      putOff.count();
    }
    answer(response, isTaken ? TAKEN : NOT_TAKEN);
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

const TAKEN: Answer = { status: 200, message: 'ok' };
const NOT_SIGNED: Answer = { status: 400, message: 'the signature does not match' };
const LATER = { 'retry-after': '10' };
const NOT_TAKEN: Answer = { status: 503, message: 'not taken in; it can be delivered again', headers: LATER };
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

function pathOf(request: IncomingMessage): string {
  const path = URL.parse(request.url ?? '/', 'http://localhost')?.pathname ?? '';
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

function answer(response: ServerResponse, { status, message, headers = {} }: Answer): void {
  if (!response.headersSent) {
    const text = `${message}\n`;
    response
      .writeHead(status, { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(text), ...headers })
      .end(text);
  }
}
