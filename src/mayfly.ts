import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Platform } from './config/platform.ts';
import type { Config } from './config/process.ts';
import { type BudgetReading, budgetLimits, isNearlyUsed } from './domain/budget.ts';
import { createApp } from './github/app.ts';
import { readAppIdentity } from './github/app-identity.ts';
import { createDeliveryLog } from './github/delivery-log.ts';
import { createForge } from './github/forge.ts';
import { createOctokitSource } from './github/octokit-source.ts';
import { createPermissions } from './github/permission.ts';
import { createProbot } from './github/probot.ts';
import { createReplier } from './github/replier.ts';
import { createReporter } from './github/reporter.ts';
import { createRoster } from './github/roster.ts';
import { createWebServer, type WebServer } from './github/server.ts';
import { createWorkflows } from './github/workflows.ts';
import { createBudgetReader } from './provision/aws/budget-reader.ts';
import type { AwsClients } from './provision/aws/clients.ts';
import { readDatabasePassword } from './provision/aws/database-password.ts';
import { createEstateReader } from './provision/aws/estate/estate.ts';
import { estateScopeOf } from './provision/aws/estate/scope.ts';
import { createLogReader } from './provision/aws/log-reader.ts';
import { createProvisioners } from './provision/aws/provisioners.ts';
import { callWaiting } from './reconcile/admission/call-waiting.ts';
import type { IntakeSettings } from './reconcile/ask.ts';
import type { Clock } from './reconcile/clock.ts';
import { discover } from './reconcile/discovery.ts';
import type { Intake } from './reconcile/inbox/intake.ts';
import { createIntake } from './reconcile/inbox/receive.ts';
import { createTakeIn } from './reconcile/inbox/take-in.ts';
import { type SweepReport, sweep } from './reconcile/orphans/sweep.ts';
import { createSweeper, installationSeeing, type Sweeper } from './reconcile/orphans/sweeper.ts';
import { createReconciler } from './reconcile/pass/reconciler.ts';
import { createPlanner } from './reconcile/plan/create-planner.ts';
import { logGroupOf, servicesOf, suitesOf } from './reconcile/plan/lookup.ts';
import type { Provisioners } from './reconcile/provisioner.ts';
import { redeliverLost } from './reconcile/redelivery.ts';
import type { Roster } from './reconcile/roster.ts';
import { createRounds, type RoundOutcome, type Rounds } from './reconcile/rounds.ts';
import { sendReply } from './reconcile/send-reply.ts';
import { statusLines } from './reconcile/status.ts';
import type { Store } from './reconcile/store.ts';
import { type Database, openDatabase } from './store/open.ts';
import { createWorkQueue } from './store/queue.ts';
import { createRoundMemory } from './store/rounds.ts';
import { createStore } from './store/store.ts';
import { createSweepMarks } from './store/sweep-marks.ts';
import { quietLogger } from './telemetry/quiet-log.ts';

export const WEBHOOK_PATH = '/api/github/webhooks';

export interface MayflyParts {
  readonly config: Config;
  readonly platform: Platform;
  readonly clients: AwsClients;
  readonly clock: Clock;
  readonly log: Logger;
  /** For smoke checks; it must reach the environments' hosts, and nothing else: see `createOutwardFetch`. */
  readonly fetch: typeof fetch;
  /** Replaces provisioners, where the cloud at the other end lacks something by its nature. */
  readonly adapt?: (provisioners: Provisioners) => Provisioners;
  /** Off only where GitHub is the local one: see `createProbot`. */
  readonly spacedWrites?: boolean;
  /** Runs around each look at an environment, so that what it does can be told from what other looks do. */
  readonly within?: <T>(environmentId: string, look: () => Promise<T>) => Promise<T>;
}

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
  let web: WebServer | undefined;
  let stopping: Promise<void> | undefined;

  /** Deliveries and passes end side by side: who runs Mayfly gives it half a minute in all, and then kills it. */
  async function stop(): Promise<void> {
    try {
      await Promise.all([web?.close(), queue.stop(), rounds.stop(), sweeper.stop()]);
    } finally {
      await database.close();
    }
  }

  try {
    let webhookUrl: string | undefined;
    if (role !== 'worker') {
      web = await createWeb(parts, connected);
      const { port } = await web.listen(config.server);
      webhookUrl = `http://${config.server.host}:${port}${WEBHOOK_PATH}`;
    }
    if (role !== 'web') {
      await queue.start(workHandlers(parts, { ...connected, rounds, sweeper }));
      await rounds.callRound('atStart');
    }
    return { webhookUrl, store, stop: async () => await (stopping ??= stop()) };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Connected {
  readonly probot: Awaited<ReturnType<typeof createProbot>>;
  readonly store: Store;
  readonly database: Database;
  readonly octokits: ReturnType<typeof createOctokitSource>;
  readonly identity: Awaited<ReturnType<typeof readAppIdentity>>;
}

async function createWeb(
  parts: MayflyParts,
  { probot, octokits, identity, store, database }: Connected,
): Promise<WebServer> {
  const { config, log } = parts;
  const app = createApp({
    intake: intakeOf(parts, store),
    octokits,
    label: config.triggerLabel,
    allowedBots: config.allowedBots,
    ...identity,
  });
  const check = async () => await database.check();
  return await createWebServer({ probot, app, path: WEBHOOK_PATH, log, check });
}

function intakeOf({ config, platform, clock }: MayflyParts, store: Store): Intake {
  return createIntake({ store, clock, settings: intakeSettings(config, platform) });
}

function intakeSettings(
  { triggerLabel: label, blueprintPath }: Config,
  { limits: { ttlSeconds, maxTtlSeconds }, environmentPrefixes }: Platform,
): IntakeSettings {
  return { label, ttlSeconds, maxTtlSeconds, environmentPrefixes, suitesOf: suitesOf(blueprintPath) };
}

function rosterOf(
  { labelPermission, allowedBots }: Config,
  { probot, octokits, identity: { ownLogin } }: Pick<Connected, 'probot' | 'octokits' | 'identity'>,
): Roster {
  return createRoster({ probot, octokits, labelPermission, allowedBots, ownLogin });
}

/** What keeps Mayfly and GitHub of one mind where webhooks were lost. */
function roundsOf(parts: MayflyParts, { probot, octokits, identity, store, database }: Connected): Rounds {
  const { config, clock, log } = parts;
  const { triggerLabel: label } = config;
  const memory = createRoundMemory(database);
  const deliveries = createDeliveryLog(probot);
  const discovery = {
    store,
    forge: createForge(octokits, config),
    roster: rosterOf(config, { probot, octokits, identity }),
    intake: intakeOf(parts, store),
    label,
  };
  return createRounds({
    memory,
    clock,
    redeliver: async (now, signal) => await redeliverLost({ log: deliveries, memory, now }, signal),
    discover: async (signal) => await discover(discovery, signal),
    tell: (outcome) => logRound(outcome, log),
  });
}

/** What finds in the account what no record and no pull request keeps. */
function sweeperOf(parts: MayflyParts, { probot, octokits, identity, store, database }: Connected): Sweeper {
  const { clients, clock, config, fetch, log, platform, adapt = (same) => same } = parts;
  const { triggerLabel: label } = config;
  const { environmentPrefixes } = platform;
  const marks = createSweepMarks(database);
  const roster = rosterOf(config, { probot, octokits, identity });
  const pause = async (seconds: number) => await sleep(clock.wallMilliseconds(seconds));
  const ports = {
    estate: createEstateReader({ clients, scope: estateScopeOf(platform), environmentPrefixes, pause }),
    store,
    marks,
    forge: createForge(octokits),
    installationOf: async (repository: string) => await installationSeeing(roster, repository),
    provisioners: adapt(createProvisioners({ clients, fetch, clock })),
    clock,
    onUnexpected: (where: string, error: unknown) => log.warn({ err: error, where }, 'the sweep met an error'),
  };
  const { mode, graceSeconds } = config.sweep;
  const settings = { environmentPrefixes, label, graceSeconds, dryRun: mode === 'dry-run' };
  return createSweeper({
    marks,
    clock,
    sweep: async (signal) => await sweep(ports, { settings, signal }),
    tell: (outcome) => logSweep(outcome, log),
  });
}

/** A leak is told once, and loudly: something went wrong before it. */
function logSweep(outcome: SweepReport | { readonly error: unknown }, log: Logger): void {
  if ('error' in outcome) {
    log.warn({ err: outcome.error }, 'a look of the sweep was cut short, and begins anew with the next');
    return;
  }
  for (const environment of outcome.environments.filter(({ isNews }) => isNews)) {
    log.error({ environment, dryRun: outcome.dryRun }, 'a leak was found');
  }
  const { seen, dryRun, environments } = outcome;
  log.info({ seen, dryRun, environments }, 'the sweep looked at everything in the account');
}

/** A round that found all as it should be is no news. */
function logRound(outcome: RoundOutcome, log: Logger): void {
  if (outcome.kind === 'failed') {
    log.warn({ err: outcome.error }, 'a round through GitHub was cut short, and begins anew with the next');
    return;
  }
  const { found, refused, asked, givenUp, unseen } = outcome;
  if (found.length > 0) {
    log.warn({ found }, 'labelled pull requests were found that no webhook had told of');
  }
  if (asked > 0) {
    log.warn({ asked }, 'webhooks that had not arrived were asked for again');
  }
  if (givenUp > 0) {
    log.error({ givenUp }, 'webhooks do not arrive although they were asked for again and again');
  }
  for (const { where, error } of unseen) {
    log.warn({ err: error, where }, 'a part of GitHub was not seen in this round');
  }
  log.debug({ refused }, 'a round through GitHub was made');
}

function workHandlers(
  {
    config,
    platform,
    clients,
    clock,
    log,
    fetch,
    adapt = (same) => same,
    within = async (_id, look) => await look(),
  }: MayflyParts,
  { store, probot, octokits, identity, rounds, sweeper }: Connected & { rounds: Rounds; sweeper: Sweeper },
) {
  const { blueprintPath, triggerLabel: label } = config;
  const planner = createPlanner({ platform, blueprintPath });
  const forge = createForge(octokits, config);
  const onUnexpected = (where: string, error: unknown) =>
    log.error({ err: error, where }, 'an error that no adapter knows');
  const { labelPermission, allowedBots, askLimits } = config;
  const inbox = createTakeIn({
    ports: { store, clock, forge, permissions: createPermissions(octokits), onUnexpected },
    settings: {
      ...intakeSettings(config, platform),
      labelPermission,
      allowedBots,
      askLimits,
      ownLogin: identity.ownLogin,
    },
  });
  const reconciler = createReconciler({
    ports: {
      store,
      clock,
      planner,
      budgets: createBudgetReader({
        clients,
        limits: budgetLimits(platform.limits),
        onRead: (reading) => tellOfBudget(reading, log),
      }),
      forge,
      roster: rosterOf(config, { probot, octokits, identity }),
      workflows: createWorkflows({ octokits, identity }),
      provisioners: adapt(createProvisioners({ clients, fetch, clock })),
      reporter: createReporter({ octokits, identity, schemaUrl: config.schemaUrl }),
      onUnexpected,
    },
    settings: {
      label,
      ownLogin: identity.ownLogin,
      blueprintPath,
      ...platform.limits,
      limit: platform.limits.environments,
    },
  });
  const replyPorts = {
    store,
    label,
    logs: createLogReader(clients.logs),
    replier: createReplier({ octokits, identity }),
    logGroupOf: logGroupOf(platform, blueprintPath),
    servicesOf: servicesOf(blueprintPath),
    statusOf: (record: Parameters<typeof statusLines>[0]) => statusLines(record, clock.now()),
  };
  return {
    reconcile: async (id: string, signal: AbortSignal) =>
      await within(id, async () => await reconciler.reconcile(id, signal)),
    takeIn: async (id: string, signal: AbortSignal) => await inbox.takeIn(id, signal),
    reply: async (job: Parameters<typeof sendReply>[0]) => await sendReply(job, replyPorts),
    tick: async () => {
      await store.transaction(async (transaction) => await callWaiting(transaction));
      await rounds.callRound();
      if (config.sweep.mode !== 'off') {
        await sweeper.callLook();
      }
    },
  };
}

/** Read only when somebody is to be admitted, so a line each time tells operators how things stand without filling the log. */
function tellOfBudget({ kind, of, limit, items }: BudgetReading, log: Logger): void {
  const facts = { kind, of, used: items.length, limit };
  if (isNearlyUsed({ limit, items })) {
    log.warn(facts, 'a budget is nearly used');
  } else {
    log.info(facts, 'a budget was read');
  }
}
