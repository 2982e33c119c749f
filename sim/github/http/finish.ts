import { createHash } from 'node:crypto';
import type { Answer } from './call.ts';
import type { RestRequest } from './exchange.ts';
import { paginate, paginateByCursor } from './pagination.ts';

interface Content {
  readonly body: unknown;
  /** The `Link` header of a list that is longer than its page. */
  readonly link: string | undefined;
}

/** What is said: a body as it is, or the page of a list that was asked for. */
export function bodyOf({ list, body }: Answer, { url }: RestRequest): Content {
  if (!list) {
    return { body, link: undefined };
  }
  const { items, link } = list.pagedBy === 'cursor' ? paginateByCursor(list.items, url) : paginate(list.items, url);
  return { body: list.wrap ? list.wrap(items) : items, link };
}

function textOf(status: number, body: unknown): string {
  if (status === 204) {
    return '';
  }
  return typeof body === 'string' ? body : JSON.stringify(body ?? {});
}

function etagOf(body: string): string {
  return `W/"${createHash('sha256').update(body).digest('hex')}"`;
}

/** How it is said: as text with its headers, or as a 304 to a client that knows it already. */
export function finish({ answer, content, request }: { answer: Answer; content: Content; request: RestRequest }): {
  status: number;
  headers: { [name: string]: string };
  body: string;
} {
  const body = textOf(answer.status, content.body);
  const etag = etagOf(body);
  const isGet = request.method === 'GET';
  const headers = {
    ...(content.link !== undefined && { link: content.link }),
    ...(isGet && { etag }),
    ...answer.headers,
  };
  const isKnown = isGet && answer.status === 200 && request.headers['if-none-match'] === etag;
  return isKnown ? { status: 304, headers, body: '' } : { status: answer.status, headers, body };
}
