import { createPublicKey, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { SimClock } from '../clock.ts';
import { createAppAndWorld } from './app-and-world.ts';
import { processAppKey } from './app-key.ts';
import { processConformance } from './conformance.ts';
import { createStore, type Store } from './entities/store.ts';
import { createFaults, type Faults } from './faults.ts';
import { firstApp } from './first-app.ts';
import { createFounding, type Founding } from './founding.ts';
import { createAuthenticator } from './http/authentication.ts';
import { createDispatch } from './http/dispatch.ts';
import type { RestAnswer, RestGate, RestRequest } from './http/exchange.ts';
import { createListener } from './http/listener.ts';
import { createRateLimits } from './http/rate-limit.ts';
import type { LoggedRequest } from './http/request-log.ts';
import { createPage } from './page/page.ts';
import { createPeople, type People } from './people/people.ts';
import { createRoutes } from './routes/routes.ts';
import type { Delivery } from './webhooks/delivery.ts';
import { answerTimeoutMilliseconds, type WebhookTarget } from './webhooks/post.ts';

export interface GitHubSimulatorOptions {
  /** Gives every instant of the story: creation dates, delayed webhooks. */
  readonly clock: SimClock;
  /**
   * Judges credentials, counts the rate limit's hour and fills the `Date` header. Real time unless given, because
   * Octokit dates its JSON web tokens and keeps installation tokens for 59 minutes by the process's own time: on a fast
   * clock they would be stale at once. A test of expiry gives its stepped clock.
   */
  readonly clientClock?: Pick<SimClock, 'now'>;
  /** 0 takes a free port. */
  readonly port?: number;
  readonly webhook?: WebhookTarget;
  /** Of an app whose private key somebody else keeps; otherwise an app is registered and its key made. */
  readonly app?: { readonly id: number; readonly slug: string; readonly publicKey: string };
  /** Lets a local page point at where an environment's links can be opened. */
  readonly rewriteLink?: (href: string) => string;
  /** How long to wait for a webhook's answer. GitHub waits 10 s. */
  readonly webhookTimeoutMilliseconds?: number;
  /** Stands before everything else: it sees every REST request before credentials, limits and faults do, and its answer. */
  readonly gate?: RestGate;
}

export interface GitHubSimulator {
  /** `http://127.0.0.1:port`; REST is served below it and below `/api/v3`, pages beside it. */
  readonly url: string;
  readonly port: number;
  readonly store: Store;
  /** The app's credentials; the key is empty when the caller registered a public key of its own. */
  readonly app: {
    readonly id: number;
    readonly slug: string;
    readonly privateKeyPem: string;
    readonly webhookSecret: string;
  };
  /** What people do. */
  readonly actions: People;
  /** What was there before: accounts, repositories, workflows. Sends no webhooks. */
  readonly founding: Founding;
  /** Attempts at webhooks, oldest first. */
  readonly deliveries: readonly Delivery[];
  readonly faults: Faults;
  readonly requestLog: readonly LoggedRequest[];
  /** Where the simulator itself departed from GitHub's descriptions. Tests assert that it is empty. */
  readonly violations: readonly string[];
  /** Sends webhooks there from now on, a ping first. */
  setWebhook(url: string, secret: string): void;
  /** Resolves once every queued webhook was attempted. */
  settled(): Promise<void>;
  /** Sends a delivery again, with its GUID. False when there is no such delivery. */
  redeliver(id: number): boolean;
  close(): Promise<void>;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** Starts a GitHub with nobody in it yet; a seed from `seeds/` founds it. Rejects when the port is taken. */
export async function startGitHubSimulator(options: GitHubSimulatorOptions): Promise<GitHubSimulator> {
  const { clock, clientClock = { now: () => new Date() } } = options;
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const { id, slug, publicKey } = options.app ?? { id: 480_001, slug: 'mayfly', publicKey: undefined };
  const key = publicKey === undefined ? processAppKey() : { privateKeyPem: '', publicKey: createPublicKey(publicKey) };

  const { description, openApi: validator, webhooks } = processConformance();
  const store = createStore();
  const faults = createFaults();
  const violations: string[] = [];
  const requestLog: LoggedRequest[] = [];
  const onViolation = (violation: string): void => void violations.push(violation);
  const { world, sender, webhookUrl, setWebhook } = createAppAndWorld({
    clock,
    store,
    url,
    firstApp: firstApp(store, clock, { id, slug, publicKey: key.publicKey, url }),
    faults,
    webhooks,
    timeoutMilliseconds: options.webhookTimeoutMilliseconds ?? answerTimeoutMilliseconds,
    onViolation,
  });

  const clientNow = (): Date => clientClock.now();
  const limits = createRateLimits(clientNow);
  const routes = createRoutes(world, { limits, sender, clientNow, webhookUrl: () => webhookUrl() ?? '' });
  const authenticator = createAuthenticator(world, { clientNow });
  const dispatch = createDispatch({
    world,
    description,
    validator,
    authenticator,
    limits,
    faults,
    routes,
    onViolation,
  });
  const { gate = async (_request, work) => await work() } = options;
  const gated = async (request: RestRequest): Promise<RestAnswer> => {
    const operation = description.match(request.method, request.url.pathname)?.operation.id;
    return await gate({ ...request, operation }, async () => await dispatch(request));
  };
  const actions = createPeople(world);
  const page = createPage(world, actions, { rewriteLink: options.rewriteLink ?? ((href) => href), clientNow });
  const isRest = (method: string, path: string): boolean =>
    description.match(method, path) !== undefined || path.startsWith('/repos/');
  server.on(
    'request',
    createListener({ dispatch: gated, isRest, page, log: requestLog, now: () => clock.now(), clientNow }),
  );

  const webhookSecret = options.webhook?.secret ?? randomBytes(20).toString('hex');
  if (options.webhook) {
    setWebhook(options.webhook.url, options.webhook.secret);
  }

  return {
    url,
    port,
    store,
    app: { id, slug, privateKeyPem: key.privateKeyPem, webhookSecret },
    actions,
    founding: createFounding(world),
    deliveries: sender.deliveries,
    faults,
    requestLog,
    violations,
    setWebhook,
    settled: async () => await sender.idle(),
    redeliver: (deliveryId) => sender.redeliver(deliveryId) !== undefined,
    async close() {
      sender.setTarget(undefined);
      await close(server);
    },
  };
}
