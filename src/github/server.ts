import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { ApplicationFunction, Probot } from 'probot';
import { quietLogger } from '../telemetry/quiet-log.ts';
import { createFiguresPage } from './figures-page.ts';
import { createHealth, type Health } from './health.ts';
import { createWebhookDoor } from './webhook-door.ts';

/** Answers a request and returns true, or leaves it alone and returns false. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

export interface WebServer {
  /** Port 0 takes any that is free. */
  listen(address: { port: number; host?: string }): Promise<{ port: number }>;
  /**
   * Refuses new deliveries with 503, lets those in hand end for as long as `graceMilliseconds`, then closes every
   * connection, streams included, and resolves. Safe to call twice.
   */
  close(options?: { graceMilliseconds?: number }): Promise<void>;
}

/** Real milliseconds within which a request must have arrived whole. GitHub itself gives a delivery up after ten seconds. */
const REQUEST_MILLISECONDS = 15_000;
export const HEALTH_PATH = '/healthz';

/**
 * Longer than the load balancer keeps a silent connection, a minute by default: whoever sends on one that is being closed
 * here gets no answer, and the load balancer answers 502 (AWS, "Troubleshoot your Application Load Balancers", HTTP 502).
 */
const IDLE_MILLISECONDS = 65_000;

/**
 * The web server of Mayfly: webhooks on `path`, `/healthz`, then `extraHandlers` in order, then 404. `/healthz` says 200
 * while `check` resolves, and 503 when it throws or hangs, and from the moment the server closes. `/healthz?figures` says
 * `figures` where the other says 200.
 */
export async function createWebServer(options: {
  probot: Probot;
  app: ApplicationFunction;
  path: string;
  log: Logger;
  check: () => Promise<void>;
  extraHandlers?: readonly RequestHandler[];
  /** What `/healthz?figures` says, as JSON; see `createFiguresPage`. It must be fit for everybody's eyes. */
  figures?: () => Promise<object>;
  /** See `createWebhookDoor`. */
  patienceMilliseconds?: number;
  /** For tests, in place of a quarter of a minute. */
  requestMilliseconds?: number;
}): Promise<WebServer> {
  const { probot, app, path, check, extraHandlers = [], requestMilliseconds = REQUEST_MILLISECONDS } = options;
  const { patienceMilliseconds } = options;
  const log = quietLogger(options.log);
  const health = createHealth({ check, log });
  const page = options.figures && createFiguresPage({ read: options.figures, log });
  await probot.load(app, { cwd: '.', addHandler: refuseHandler });
  const door = createWebhookDoor({
    probot,
    path,
    log,
    ...(patienceMilliseconds !== undefined && { patienceMilliseconds }),
  });
  const inHand = new Set<Promise<void>>();
  let closing: Promise<void> | undefined;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (new RegExp(`^${HEALTH_PATH}(?:\\?|$)`).test(request.url ?? '')) {
      await answerHealth(request, response);
      return;
    }
    if (await track(door.handle(request, response), inHand)) {
      return;
    }
    for (const handle of extraHandlers) {
      if (await handle(request, response)) {
        return;
      }
    }
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
  }

  async function answerHealth({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
    const trouble = closing ? 'closing' : await troubleOf(health);
    if (trouble === undefined && page && url === `${HEALTH_PATH}?figures`) {
      const text = await page.text();
      const type = text === undefined ? 'text/plain' : 'application/json';
      response.writeHead(text === undefined ? 503 : 200, { 'content-type': type }).end(text ?? 'no figures\n');
      return;
    }
    response.writeHead(trouble ? 503 : 200, { 'content-type': 'text/plain' }).end(`${trouble ?? 'ok'}\n`);
  }

  const times = {
    requestTimeout: requestMilliseconds,
    headersTimeout: requestMilliseconds,
    keepAliveTimeout: IDLE_MILLISECONDS,
    // Whoever dawdles is looked for this often, and by default only twice a minute.
    connectionsCheckingInterval: requestMilliseconds / 10,
  };
  const server = createServer(times, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'a request could not be answered');
      response.destroy();
    });
  });

  return {
    listen: async ({ port, host = '127.0.0.1' }) => await listenOn(server, { port, host }),
    close({ graceMilliseconds = 10_000 } = {}) {
      door.shut();
      closing ??= closeServer(server, { inHand, graceMilliseconds });
      return closing;
    },
  };
}

async function troubleOf(health: Health): Promise<string | undefined> {
  return (await health.isWell()) ? undefined : 'no database';
}

/** Routes are given to `createWebServer`, where their order can be seen. */
function refuseHandler(): never {
  throw new Error('an app of Mayfly adds no routes of its own');
}

async function track(work: Promise<boolean>, inHand: Set<Promise<void>>): Promise<boolean> {
  const settled: Promise<void> = work.then(
    () => undefined,
    () => undefined,
  );
  inHand.add(settled);
  try {
    return await work;
  } finally {
    inHand.delete(settled);
  }
}

async function listenOn(server: Server, address: { port: number; host: string }): Promise<{ port: number }> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port };
}

async function closeServer(
  server: Server,
  { inHand, graceMilliseconds }: { inHand: ReadonlySet<Promise<void>>; graceMilliseconds: number },
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMilliseconds);
  });
  await Promise.race([Promise.all(inHand), grace]);
  clearTimeout(timer);
  // A stream of events never ends by itself, and would keep the server open for ever.
  server.closeAllConnections();
  await closed;
}
