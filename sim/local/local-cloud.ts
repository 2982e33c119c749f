import type { Platform } from '../../src/config/platform.ts';
import type { Mayfly } from '../../src/mayfly.ts';
import { readAccountId } from '../../src/provision/aws/account.ts';
import type { AwsClients } from '../../src/provision/aws/clients.ts';
import { type AwsSimulator, startAwsSimulator } from '../aws/server.ts';
import { createWorld } from '../aws/world.ts';
import type { RunningClock } from '../clock.ts';
import { seedVol, type VolSeed } from '../github/seeds/vol.ts';
import { type GitHubSimulator, startGitHubSimulator } from '../github/server.ts';
import type { SeedClients } from '../seed-platform.ts';
import { readAppPermissions } from './app-permissions.ts';
import { readBlueprint, readWorkflows } from './first-users.ts';
import { type ImageBuilds, startImageBuilds } from './image-builds.ts';
import { mayflyClients as clientsOfMayfly, localClients } from './local-clients.ts';
import type { LocalCloudOptions } from './local-cloud-options.ts';
import { LABEL, mayflyStarter } from './local-mayfly.ts';
import { seededPlatform } from './seeded-platform.ts';
import { fetchThroughLoadBalancer, throughLoadBalancer } from './through-load-balancer.ts';
import { startRunner } from './workflow-runs.ts';

const TAG_TEMPLATE = 'branch-{slug}-{sha10}';

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
  const mayflyClients = clientsOfMayfly(awsUrl);
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
