import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { quietLogger } from '../telemetry/quiet-log.ts';
import { createRareLog } from '../telemetry/rare-log.ts';

export const ENVIRONMENTS_PATH = '/api/environments';

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const UNKNOWN: Answer = {
  status: 401,
  body: { problem: 'a token is wanted: Authorization: Bearer …' },
  headers: { 'www-authenticate': 'Bearer realm="mayfly"' },
};
const ONLY_SHOWN: Answer = {
  status: 405,
  body: { problem: 'environments are only shown here' },
  headers: { allow: 'GET, HEAD' },
};
const NOT_NOW: Answer = { status: 503, body: { problem: 'the environments cannot be read now' } };

export interface EnvironmentsDoorParts {
  /** Whoever sends it sees every environment, of private repositories too. */
  readonly token: string;
  /** What is shown, as JSON. */
  readonly read: () => Promise<readonly object[]>;
  readonly log: Logger;
}

/**
 * Answers requests for the environments, to whoever sends the token as a bearer's (RFC 6750); false for any other path, and
 * then nothing was done. Nothing is read for anybody else, and once for all who ask at a time. A token in an address is
 * none: addresses stand in logs.
 */
export function createEnvironmentsDoor({
  token,
  read,
  log,
}: EnvironmentsDoorParts): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const quietLog = quietLogger(log);
  const refusals = createRareLog(quietLog, 'somebody asked for the environments with a token that is none');
  const wanted = digestOf(token);
  let inHand: Promise<Answer> | undefined;

  async function look(): Promise<Answer> {
    try {
      return { status: 200, body: { environments: await read() } };
    } catch (error) {
      quietLog.error({ err: error }, 'the environments could not be read');
      return NOT_NOW;
    }
  }

  function isKnown({ headers: { authorization = '' } }: IncomingMessage): boolean {
    const given = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (given === undefined) {
      return false;
    }
    const isRight = timingSafeEqual(digestOf(given), wanted);
    if (!isRight) {
      refusals.count();
    }
    return isRight;
  }

  async function answerTo(request: IncomingMessage): Promise<Answer> {
    if (!isKnown(request)) {
      return UNKNOWN;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return ONLY_SHOWN;
    }
    inHand ??= look().finally(() => {
      inHand = undefined;
    });
    return await inHand;
  }

  return async (request, response) => {
    if (request.url?.split('?', 1)[0] !== ENVIRONMENTS_PATH) {
      return false;
    }
    const { status, body, headers } = await answerTo(request);
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
    response.end(request.method === 'HEAD' ? undefined : `${JSON.stringify(body)}\n`);
    return true;
  };
}

/** Digests are of one length, whatever was sent, and so are compared in constant time. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
