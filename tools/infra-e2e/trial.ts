import { join } from 'node:path';
import { EC2Client } from '@aws-sdk/client-ec2';
import { createRunningClock } from '../../sim/clock.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../sim/local/credentials.ts';
import { REPOSITORY } from '../../sim/local/first-users.ts';
import { startLocalCloud } from '../../sim/local/local-cloud.ts';
import type { SeedClients } from '../../sim/seed-platform.ts';
import { type Platform, parsePlatform } from '../../src/config/platform.ts';
import { createAwsClients } from '../../src/provision/aws/clients.ts';
import { readPlatformDocument } from '../../src/provision/aws/platform-document.ts';
import { ACCOUNT_ID, furnish, PARENT_ZONE } from './account.ts';
import { newcomers, takeCensus } from './census/census.ts';
import type { Endpoint } from './census/listing.ts';
import { type Emulator, startEmulator } from './emulators.ts';
import { type LivedEnvironment, liveAndEnd } from './environment.ts';
import type { EmulatorName } from './options.ts';
import { createTerraform, type RunSummary, type Terraform } from './terraform.ts';
import { copyInfra } from './working-copy.ts';

/** As the module names it unless told otherwise. */
const PLATFORM_PARAMETER = '/mayfly/platform';

export interface TrialOptions {
  /** Where `infra` is. */
  readonly infra: string;
  /** `PATH` finds terraform and moto in it. */
  readonly env: NodeJS.ProcessEnv;
  readonly pluginDirectory: string | undefined;
  readonly signal: AbortSignal;
  say(line: string): void;
}

export interface Figures {
  readonly applied: number;
  readonly applySeconds: number;
  /** Of the second plan: to add, to change and to remove, together. */
  readonly secondPlanChanges: number;
  readonly environment: LivedEnvironment;
  readonly destroyed: number;
  readonly destroySeconds: number;
  /** What stands after the destroy and did not before the apply. */
  readonly left: readonly string[];
  readonly calls: number | undefined;
  readonly problems: readonly string[];
}

/**
 * The whole of it on one emulator: an account as the first users keep theirs, the platform on it, an environment of
 * Mayfly's on the platform, and all of it removed. Rejects when something cannot go on; nothing is left running.
 */
export async function tryOn(name: EmulatorName, options: TrialOptions): Promise<Figures> {
  const emulator = await startEmulator(name, options.env);
  const copy = await copyInfra(options.infra);
  try {
    const terraform = createTerraform({
      folder: join(copy.folder, 'live', 'nonprod'),
      env: terraformEnv(options.env, emulator.url),
      pluginDirectory: options.pluginDirectory,
      signal: options.signal,
    });
    return await tell({ emulator, terraform, say: (line) => options.say(`${name}: ${line}`) });
  } finally {
    await copy.remove();
    await emulator.stop();
  }
}

/** Nothing of whoever runs this but how programs are found: no profile, no account of theirs. */
function terraformEnv({ PATH, HOME, TMPDIR }: NodeJS.ProcessEnv, url: string): NodeJS.ProcessEnv {
  return {
    PATH,
    HOME,
    TMPDIR,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_REGION: LOCAL_REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    TF_VAR_account_id: ACCOUNT_ID,
    TF_VAR_zone: PARENT_ZONE,
    TF_VAR_protect: 'false',
    TF_VAR_environment_prefixes: JSON.stringify({ [REPOSITORY]: 'pr' }),
  };
}

interface Telling {
  readonly emulator: Emulator;
  readonly terraform: Terraform;
  say(line: string): void;
}

async function tell({ emulator, terraform, say }: Telling): Promise<Figures> {
  const endpoint = { endpoint: emulator.url, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };
  await furnishAt(endpoint);
  const before = await takeCensus(endpoint);
  await terraform.init();
  const applied = await terraform.apply();
  say(`${applied.add} resources of the platform made in ${applied.seconds} s`);
  const second = await terraform.plan();
  say(`a second plan has ${changesOf(second)} changes`);
  const environment = await environmentOn(emulator);
  say(
    `environment ${environment.name} was there after ${environment.readySeconds} s, gone after ${environment.goneSeconds} s`,
  );
  const destroyed = await terraform.destroy();
  const left = newcomers(before, await takeCensus(endpoint));
  say(`${destroyed.remove} resources destroyed in ${destroyed.seconds} s, ${left.length} left`);
  const figures = {
    applied: applied.add,
    applySeconds: applied.seconds,
    secondPlanChanges: changesOf(second),
    environment,
    destroyed: destroyed.remove,
    destroySeconds: destroyed.seconds,
    left,
    calls: emulator.calls(),
  };
  return { ...figures, problems: problemsOf(figures) };
}

async function furnishAt(endpoint: Endpoint): Promise<void> {
  const clients: SeedClients = { ...createAwsClients(endpoint), ec2: new EC2Client(endpoint) };
  try {
    await furnish(clients);
  } finally {
    Object.values(clients).forEach((client) => client.destroy());
  }
}

async function environmentOn({ url, notObservable }: Emulator): Promise<LivedEnvironment> {
  const cloud = await startLocalCloud({
    clock: createRunningClock(),
    awsEndpoint: url,
    findPlatform: platformOf,
    buildSeconds: 0,
    ...(notObservable && { adapt: notObservable.adapt }),
  });
  try {
    return await liveAndEnd(cloud, { visits: notObservable === undefined });
  } finally {
    await cloud.stop();
  }
}

/** Read as Mayfly's own start reads it. */
async function platformOf({ ssm }: SeedClients): Promise<Platform> {
  return parsePlatform(await readPlatformDocument(ssm, PLATFORM_PARAMETER));
}

function changesOf({ add, change, remove }: RunSummary): number {
  return add + change + remove;
}

function problemsOf(figures: Omit<Figures, 'problems'>): string[] {
  const { applied, destroyed, secondPlanChanges, environment, left } = figures;
  const unanswered = Object.entries(environment.statuses).filter(([, status]) => status !== 200);
  return [
    ...(secondPlanChanges === 0 ? [] : [`the second plan has ${secondPlanChanges} changes`]),
    ...(destroyed === applied ? [] : [`${applied} resources were made and ${destroyed} destroyed`]),
    ...unanswered.map(([url, status]) => `${url} answered ${status}`),
    ...environment.leftovers.map((name) => `${name} is left of the environment`),
    ...left.map((name) => `${name} is left of the platform`),
  ];
}
