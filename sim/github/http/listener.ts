import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isJsonObject } from '../json.ts';
import type { Caller } from './caller.ts';
import type { RestAnswer, RestRequest } from './exchange.ts';
import type { LoggedRequest } from './request-log.ts';

/** GitHub Enterprise's prefix, which `GHE_HOST` makes Probot use. */
const enterprisePrefix = /^\/api\/v3(?=\/|$)/;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function callerName(caller: Caller): string {
  return caller.kind === 'user' || caller.kind === 'installation' ? caller.account.login : caller.kind;
}

function parsed(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return isJsonObject(value) || Array.isArray(value) ? value : body;
  } catch {
    return body;
  }
}

/**
 * Answers REST requests, logs them, and leaves what is no REST path to the page. Octokit corrects its clock by the
 * `Date` header, so that comes from the clock its credentials are judged by.
 */
export function createListener({
  dispatch,
  isRest,
  page,
  log,
  now,
  clientNow,
}: {
  dispatch: (request: RestRequest) => Promise<RestAnswer>;
  isRest: (method: string, path: string) => boolean;
  page: RequestListener;
  log: LoggedRequest[];
  now: () => Date;
  clientNow: () => Date;
}): RequestListener {
  async function rest(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const startedAt = performance.now();
    const method = request.method ?? 'GET';
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const body = await bodyOf(request);
    const answer = await dispatch({ method, url, headers, body });
    log.push({
      at: now(),
      method,
      path: url.pathname + url.search,
      operation: answer.operation,
      caller: callerName(answer.caller),
      status: answer.status,
      body: body === '' ? undefined : parsed(body),
      milliseconds: performance.now() - startedAt,
    });
    if (answer.lost) {
      request.socket.destroy();
      return;
    }
    response.sendDate = false;
    const common = {
      date: clientNow().toUTCString(),
      'x-github-request-id': randomUUID(),
      'x-github-media-type': 'github.v3; format=json',
    };
    response.writeHead(answer.status, { ...common, ...answer.headers });
    response.end(answer.body);
  }

  return (request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    const isEnterprise = enterprisePrefix.test(url.pathname);
    url.pathname = url.pathname.replace(enterprisePrefix, '') || '/';
    if (!isEnterprise && !isRest(request.method ?? 'GET', url.pathname)) {
      page(request, response);
      return;
    }
    rest(request, response, url).catch(() => response.destroy());
  };
}
