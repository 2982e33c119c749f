import { EC2Client } from '@aws-sdk/client-ec2';
import { pino } from 'pino';
import { type Platform, parsePlatform } from '../../src/config/platform.ts';
import type { Config } from '../../src/config/process.ts';
import type { MayflyParts } from '../../src/mayfly/parts.ts';
import { type Mayfly, startMayfly } from '../../src/mayfly.ts';
import { readAccountId } from '../../src/provision/aws/account.ts';
import { type AwsClients, createAwsClients } from '../../src/provision/aws/clients.ts';
import type { Provisioners } from '../../src/reconcile/provisioner.ts';
import type { Durations } from '../aws/durations.ts';
import { type AwsSimulator, startAwsSimulator } from '../aws/server.ts';
import type { Guard } from '../aws/wire/guard.ts';
import { createWorld } from '../aws/world.ts';
import type { RunningClock } from '../clock.ts';
import type { RestGate } from '../github/http/exchange.ts';
import { seedVol, type VolSeed } from '../github/seeds/vol.ts';
import { type GitHubSimulator, startGitHubSimulator } from '../github/server.ts';
import { type SeedClients, seedPlatform } from '../seed-platform.ts';
import { readAppPermissions } from './app-permissions.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION, MAYFLY_CREDENTIALS } from './credentials.ts';
import { firstUsersAccount, REPOSITORY, readBlueprint, readWorkflows, ZONE } from './first-users.ts';
import { type ImageBuilds, startImageBuilds } from './image-builds.ts';
import { localDatabaseLook } from './local-database-look.ts';
import type { LocalDatabases } from './local-databases.ts';
import { type PlatformLimits, platformDocument } from './platform-document.ts';
import { fetchThroughLoadBalancer, throughLoadBalancer } from './through-load-balancer.ts';
import { startRunner } from './workflow-runs.ts';

const LABEL = 'ephemeral';
const TAG_TEMPLATE = 'branch-{slug}-{sha10}';
/** The platform is built before the story begins; nobody watches. */
const SEEDING_SPEED = 5_000;

export interface LocalCloudOptions {
  readonly clock: RunningClock;
  /** Another AWS than the one in `sim/aws`: moto's server. */
  readonly awsEndpoint?: string | undefined;
  /** Finds the platform that stands there already, with what the first users keep in the account; otherwise one is seeded. */
  readonly findPlatform?: (clients: SeedClients) => Promise<Platform>;
  /** 0 takes any that is free. */
  readonly githubPort?: number;
  readonly awsPort?: number;
  readonly logLevel?: Config['logLevel'];
  readonly adapt?: (provisioners: Provisioners) => Provisioners;
  /** In place of the first users' own. */
  readonly blueprint?: string;
  /** In place of the realistic ones: how long the local AWS takes. */
  readonly durations?: Partial<Durations>;
  /** How long the repository's workflow takes to build a commit's images. */
  readonly buildSeconds?: number;
  /** How long a run of a suite takes, which then succeeds; unless given, runs wait until somebody plays them. */
  readonly suiteSeconds?: number;
  /** Stricter or looser than a platform's own defaults. */
  readonly limits?: PlatformLimits;
  /** What stands under `database` in the platform document, besides what a seeded platform has there. */
  readonly database?: object;
  /** Where Mayfly keeps its state; in memory unless given, and then a restart of Mayfly begins with nothing. */
  readonly dataDir?: string;
  /** A Postgres server in place of the one inside this process. */
  readonly databaseUrl?: string | undefined;
  /** Logins of bots that may ask for an environment. */
  readonly allowedBots?: readonly string[];
  /** What every call passes on its way into the simulators. */
  readonly gates?: { readonly aws: Guard; readonly github: RestGate };
  /** In place of a Mayfly in this process, such as one in a process of its own. */
  readonly start?: typeof startMayfly;
  /** The data behind the clusters of the local AWS, once there is any: without, nobody can be asked who is connected. */
  readonly databases?: () => LocalDatabases | undefined;
  /** How many environments Mayfly looks at at once. */
  readonly workers?: number;
  /** What one person may ask for in ten minutes; without, there is no limit that a story would come near. */
  readonly asksPerUser?: number;
  /** Whether Mayfly looks for what nothing keeps; it does unless given. */
  readonly sweep?: Config['sweep']['mode'];
}

const MANY_ASKS = 1_000_000;

/** Mayfly, a GitHub and an AWS in one process, with the first users' repository and platform in them. */
export interface LocalCloud {
  readonly clock: RunningClock;
  /** Undefined with another AWS. */
  readonly aws: AwsSimulator | undefined;
  readonly awsUrl: string;
  readonly github: GitHubSimulator;
  /** Whoever built the platform, and everybody else. */
  readonly clients: SeedClients;
  readonly mayflyClients: AwsClients;
  readonly platform: Platform;
  readonly seed: VolSeed;
  /** The one that runs now. */
  readonly mayfly: Mayfly;
  readonly builds: ImageBuilds;
  readonly label: string;
  /** Reaches an environment's host through the load balancer's data plane. */
  readonly fetch: typeof fetch;
  /** Ends Mayfly, has `meanwhile` happen, and starts another on the same state, as a new version of it would be deployed. */
  restartMayfly(meanwhile?: () => Promise<void> | void): Promise<void>;
  stop(): Promise<void>;
}

/** What is up, to be taken down in the opposite order. */
type Ends = (() => Promise<void> | void)[];

/** Rejects with nothing left running. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const ends: Ends = [];
  async function stop(): Promise<void> {
    for (let end = ends.pop(); end; end = ends.pop()) {
      await end();
    }
  }
  try {
    return await start(options, { ends, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: LocalCloudOptions,
  { ends, stop }: { ends: Ends; stop: () => Promise<void> },
): Promise<LocalCloud> {
  const { clock, awsEndpoint } = options;
  const aws = awsEndpoint === undefined ? await newAws(options) : undefined;
  ends.push(async () => await aws?.close());
  const awsUrl = awsEndpoint ?? aws?.url ?? '';
  const clients = localClients(awsUrl);
  const mayflyClients = createAwsClients({ ...accessTo(awsUrl), credentials: MAYFLY_CREDENTIALS });
  ends.push(() => [...Object.values(clients), ...Object.values(mayflyClients)].forEach((client) => client.destroy()));
  const github = await newGitHub(options, awsUrl);
  ends.push(async () => await github.close());
  const platform = await (options.findPlatform?.(clients) ?? seededPlatform(options, { aws, clients }));
  const blueprint = options.blueprint ?? (await readBlueprint(await readAccountId(clients.sts)));
  const mayflyFetch = fetchThroughLoadBalancer(awsUrl);
  const newMayfly = mayflyStarter(options, { github, awsUrl, clients: mayflyClients, platform, fetch: mayflyFetch });
  let mayfly = await newMayfly();
  const seed = seedVol(github, {
    blueprint,
    label: LABEL,
    workflows: await readWorkflows(),
    permissions: await readAppPermissions(),
  });
  const { buildSeconds } = options;
  const builds = startImageBuilds({
    github,
    ecr: clients.ecr,
    clock,
    label: LABEL,
    tagTemplate: TAG_TEMPLATE,
    ...(buildSeconds !== undefined && { buildSeconds }),
  });
  const stopSuites = playSuites(options, github);
  ends.push(
    stopSuites,
    () => builds.stop(),
    () => clock.stop(),
    () => mayfly.stop(),
  );
  await builds.publishMain();
  await github.settled();

  return {
    clock,
    aws,
    awsUrl,
    github,
    clients,
    mayflyClients,
    platform,
    seed,
    get mayfly() {
      return mayfly;
    },
    builds,
    label: LABEL,
    fetch: mayflyFetch,
    async restartMayfly(meanwhile) {
      await mayfly.stop();
      await meanwhile?.();
      mayfly = await newMayfly();
    },
    stop,
  };
}

async function newAws({ clock, awsPort = 0, durations = {}, gates }: LocalCloudOptions): Promise<AwsSimulator> {
  const world = createWorld({ clock, durations });
  return await startAwsSimulator({ clock, port: awsPort, world, ...(gates && { gate: gates.aws }) });
}

async function newGitHub(
  { clock, githubPort = 0, gates }: LocalCloudOptions,
  awsUrl: string,
): Promise<GitHubSimulator> {
  return await startGitHubSimulator({
    clock,
    port: githubPort,
    rewriteLink: (href) => throughLoadBalancer(awsUrl, href),
    ...(gates && { gate: gates.github }),
  });
}

function playSuites({ clock, suiteSeconds }: LocalCloudOptions, github: GitHubSimulator): () => void {
  if (suiteSeconds === undefined) {
    return () => undefined;
  }
  const play = async () => {
    await clock.sleep(suiteSeconds);
    return 'success' as const;
  };
  return startRunner({ github, clock, workflow: 'ephemeral-cd.yaml', play });
}

/** The shared infrastructure, built in no time that anybody watches. */
async function seededPlatform(
  { clock, limits, database }: LocalCloudOptions,
  { aws, clients }: { aws: AwsSimulator | undefined; clients: SeedClients },
): Promise<Platform> {
  const { speed } = clock;
  if (aws) {
    clock.setSpeed(SEEDING_SPEED);
  }
  const seeded = await seedPlatform(clients, {
    zone: ZONE,
    ...firstUsersAccount,
    certificateMayPend: aws === undefined,
    pause: async (seconds) => await pause(clock, aws, seconds),
  });
  clock.setSpeed(speed);
  const region = LOCAL_REGION;
  return parsePlatform(
    JSON.stringify(
      platformDocument(seeded, { region, zone: ZONE, repository: REPOSITORY, database, ...(limits && { limits }) }),
    ),
  );
}

/** Starts a Mayfly each time it is called, and has GitHub's webhooks go there. */
function mayflyStarter(
  options: LocalCloudOptions,
  parts: Pick<MayflyParts, 'clients' | 'platform' | 'fetch'> & { github: GitHubSimulator; awsUrl: string },
): () => Promise<Mayfly> {
  const { clock, logLevel = 'silent', adapt, start: begin = startMayfly, databases = () => undefined } = options;
  const { github, awsUrl, clients, platform, fetch: mayflyFetch } = parts;
  return async () => {
    const mayfly = await begin({
      config: localConfig(github, awsUrl, options),
      platform,
      clients,
      clock,
      log: pino({ level: logLevel }),
      fetch: mayflyFetch,
      spacedWrites: false,
      databases: localDatabaseLook(databases),
      ...(adapt && { adapt }),
    });
    github.setWebhook(mayfly.webhookUrl ?? '', github.app.webhookSecret);
    return mayfly;
  };
}

/** Time of a foreign AWS is not ours to speed up: what it makes wait is waited for by the wall. */
async function pause(clock: RunningClock, aws: AwsSimulator | undefined, seconds: number): Promise<void> {
  if (aws) {
    await clock.sleep(seconds);
  }
}

function localClients(endpoint: string): SeedClients {
  const options = { ...accessTo(endpoint), credentials: LOCAL_CREDENTIALS };
  return { ...createAwsClients(options), ec2: new EC2Client(options) };
}

function accessTo(endpoint: string): { region: string; endpoint: string } {
  return { region: LOCAL_REGION, endpoint };
}

function localConfig(
  github: GitHubSimulator,
  awsUrl: string,
  {
    logLevel = 'silent',
    databaseUrl,
    dataDir = 'memory://',
    allowedBots = [],
    asksPerUser = MANY_ASKS,
    workers = 4,
    sweep = 'on',
  }: LocalCloudOptions,
): Config {
  return {
    github: {
      appId: github.app.id,
      privateKey: github.app.privateKeyPem,
      webhookSecret: github.app.webhookSecret,
      apiUrl: github.url,
    },
    server: { host: '127.0.0.1', port: 0 },
    store: { databaseUrl, passwordSecret: undefined, caFile: undefined, dataDir },
    aws: { region: LOCAL_REGION, endpointUrl: awsUrl },
    platform: { parameter: '/mayfly/platform' },
    triggerLabel: LABEL,
    labelPermission: 'write',
    blueprintPath: '.github/ephemeral.yml',
    schemaUrl: undefined,
    allowedBots,
    askLimits: {
      perUser: { asks: asksPerUser, seconds: 600 },
      perRepository: { asks: MANY_ASKS, seconds: 600 },
    },
    role: 'all',
    workers,
    sweep: { mode: sweep, graceSeconds: 1800 },
    logLevel,
  };
}
