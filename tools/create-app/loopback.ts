import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refusalPage } from './pages.ts';

const CALLBACK_PATH = '/registered';

/** The page on this machine that a registration begins on and comes back to. */
export interface Loopback {
  readonly url: string;
  /** Resolves as soon as a code came that belongs to this state; `outcome` with what became of it. */
  readonly accepted: Promise<{ readonly outcome: Promise<unknown> }>;
  close(): Promise<void>;
}

interface LoopbackOptions {
  readonly port: number;
  /** Told to nobody but GitHub, by the page. */
  readonly state: string;
  /** The page with the button, which leads back to `redirectUrl`. */
  readonly begin: (redirectUrl: string) => Promise<string>;
  /** What the code is good for, once: resolves with the page that says so. What it throws is shown. */
  readonly finish: (code: string) => Promise<string>;
}

/**
 * Listens on 127.0.0.1 alone, and answers nobody who calls it by another name: a page elsewhere whose name was made to
 * lead here could read the state otherwise (DNS rebinding). A code with a wrong state is somebody else's, and ignored.
 */
export async function startLoopback({ port: wanted, state, begin, finish }: LoopbackOptions): Promise<Loopback> {
  const accepted = Promise.withResolvers<{ readonly outcome: Promise<unknown> }>();
  let isTaken = false;

  async function pageFor(request: IncomingMessage): Promise<{ status: number; page: string }> {
    const { pathname, searchParams } = new URL(request.url ?? '/', origin);
    if (request.method !== 'GET' || !names.has(request.headers.host ?? '')) {
      return { status: 403, page: await refusalPage('This page is for a browser on this machine') };
    }
    if (pathname === '/') {
      return { status: 200, page: await begin(`${origin}${CALLBACK_PATH}`) };
    }
    if (pathname !== CALLBACK_PATH) {
      return { status: 404, page: await refusalPage('There is no such page') };
    }
    if (!isSame(searchParams.get('state') ?? '', state)) {
      return { status: 400, page: await refusalPage('This registration did not begin here. Begin at the first page') };
    }
    const code = searchParams.get('code') ?? '';
    if (code === '' || isTaken) {
      return { status: 409, page: await refusalPage('This registration is done, or has no code. Start again') };
    }
    isTaken = true;
    const outcome = finish(code);
    accepted.resolve({ outcome: outcome.then(() => undefined) });
    return { status: 200, page: await outcome };
  }

  const server = createServer((request, response) => {
    pageFor(request)
      .catch(async (error: unknown) => ({
        status: 502,
        page: await refusalPage(error instanceof Error ? error.message : String(error)),
      }))
      .then(
        (answer) => send(response, answer),
        () => response.destroy(),
      );
  });
  const port = await listen(server, wanted);
  const origin = `http://127.0.0.1:${port}`;
  const names: ReadonlySet<string> = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  return { url: origin, accepted: accepted.promise, close: async () => await close(server) };
}

function send(response: ServerResponse, { status, page }: { status: number; page: string }): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // The address of this page holds the code or, on GitHub's, the state.
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
      connection: 'close',
    })
    .end(page);
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Lets the answers in hand go out: the last one says that it worked. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await closed;
}
