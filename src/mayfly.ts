import { readAppIdentity } from './github/app-identity.ts';
import { createOctokitSource } from './github/octokit-source.ts';
import { createProbot } from './github/probot.ts';
import type { WebServer } from './github/server.ts';
import { costsOf } from './mayfly/costs.ts';
import type { MayflyParts } from './mayfly/parts.ts';
import { roundsOf } from './mayfly/rounds.ts';
import { sourceRoundsOf } from './mayfly/sources.ts';
import { sweeperOf } from './mayfly/sweeper.ts';
import { createWeb, WEBHOOK_PATH } from './mayfly/web.ts';
import { workHandlers } from './mayfly/work-handlers.ts';
import { readDatabasePassword } from './provision/aws/database-password.ts';
import type { Store } from './reconcile/store.ts';
import { openDatabase } from './store/open.ts';
import { createWorkQueue } from './store/queue.ts';
import { createStore } from './store/store.ts';
import { quietLogger } from './telemetry/quiet-log.ts';

export interface Mayfly {
  /** Where webhooks are taken; undefined in a process that only works. */
  readonly webhookUrl: string | undefined;
  readonly store: Store;
  /** Takes no more, lets the work in hand end, and closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

/** Puts the server together and starts it: web, workers, or both, as the configuration says. */
export async function startMayfly(given: MayflyParts): Promise<Mayfly> {
  // Whoever logs an error below logs what `quietError` chooses of it.
  const parts = { ...given, log: quietLogger(given.log) };
  const { config, clock, log } = parts;
  const { github, role } = config;
  const probot = await createProbot({
    appId: github.appId,
    privateKey: github.privateKey,
    webhookSecret: github.webhookSecret,
    log,
    spacedWrites: parts.spacedWrites ?? true,
    ...(github.apiUrl === undefined ? {} : { baseUrl: github.apiUrl }),
  });
  const octokits = createOctokitSource(probot);
  const identity = await readAppIdentity(probot);
  const { passwordSecret, ...address } = config.store;
  const readPassword =
    passwordSecret === undefined
      ? undefined
      : async () => await readDatabasePassword(parts.clients.secrets, passwordSecret);
  const database = await openDatabase({ ...address, password: readPassword, log });
  const store = createStore({ database });
  const queue = createWorkQueue({ database, clock, workers: config.workers, log });

  const connected = { probot, octokits, identity, store, database };
  const rounds = roundsOf(parts, connected);
  const sweeper = sweeperOf(parts, connected);
  const costs = costsOf(parts, connected);
  const sources = sourceRoundsOf(parts, connected);
  let web: WebServer | undefined;
  let stopping: Promise<void> | undefined;

  /** Deliveries and passes end side by side: who runs Mayfly gives it half a minute in all, and then kills it. */
  async function stop(): Promise<void> {
    try {
      await Promise.all([
        web?.close(),
        queue.stop(),
        rounds.stop(),
        sweeper.stop(),
        sources?.stop(),
        costs?.useRounds.idle(),
      ]);
    } finally {
      await database.close();
    }
  }

  try {
    let webhookUrl: string | undefined;
    if (role !== 'worker') {
      web = await createWeb(parts, { ...connected, costs });
      const { port } = await web.listen(config.server);
      webhookUrl = `http://${config.server.host}:${port}${WEBHOOK_PATH}`;
    }
    if (role !== 'web') {
      await queue.start(workHandlers(parts, { ...connected, rounds, sweeper, sources, costs }));
      await rounds.callRound('atStart');
    }
    return { webhookUrl, store, stop: async () => await (stopping ??= stop()) };
  } catch (error) {
    await stop();
    throw error;
  }
}
