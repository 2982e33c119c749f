import { EC2Client } from '@aws-sdk/client-ec2';
import { createRunningClock } from '../../sim/clock.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../sim/local/credentials.ts';
import { startLocalCloud } from '../../sim/local/local-cloud.ts';
import type { SeedClients } from '../../sim/seed-platform.ts';
import { type Platform, parsePlatform } from '../../src/config/platform.ts';
import { createAwsClients } from '../../src/provision/aws/clients.ts';
import { readPlatformDocument } from '../../src/provision/aws/platform-document.ts';
import { furnish } from './account.ts';
import { newcomers, takeCensus } from './census/census.ts';
import type { Endpoint } from './census/listing.ts';
import { type Emulator, startEmulator } from './emulators.ts';
import { policiesOfRole } from './enforcement.ts';
import { type LivedEnvironment, liveAndEnd } from './environment.ts';
import type { EmulatorName } from './options.ts';
import { asEnvironment, everythingElse, NOT_ON_MOTO, PLATFORM, type PlatformVariables } from './platform-variables.ts';
import { type Refusals, tryRefusals } from './refusals.ts';
import { blueprintOfShape } from './shape.ts';
import { createTerraform, type RunSummary, type TerraformOptions } from './terraform.ts';
import { copyInfra, type WorkingCopy } from './working-copy.ts';
import { tryWorkspaces, type WorkspaceFigures } from './workspaces.ts';

/** As the module names it unless told otherwise. */
const PLATFORM_PARAMETER = '/mayfly/platform';
const MAYFLYS_ROLE = 'nonprod-mayfly-task';

export interface TrialOptions {
  /** Where `infra` is. */
  readonly infra: string;
  /** `PATH` finds terraform and moto in it. */
  readonly env: NodeJS.ProcessEnv;
  readonly pluginDirectory: string | undefined;
  readonly signal: AbortSignal;
  /** Whether environments are made by the workspaces' script as well. */
  readonly workspaces: boolean;
  say(line: string): void;
}

export interface Figures {
  /** What is asked for and cannot be. */
  readonly refusals: Refusals['sentences'];
  readonly applied: number;
  readonly applySeconds: number;
  /** What of the platform was not applied there, and why. */
  readonly notApplied: Readonly<Record<string, string>>;
  /** Policies of the role that Terraform made for Mayfly, to which it was held; undefined where nobody would hold it to any. */
  readonly policiesEnforced: number | undefined;
  /** Of the second plan: to add, to change and to remove, together. */
  readonly secondPlanChanges: number;
  readonly environment: LivedEnvironment;
  /** Only where workspaces are tried. */
  readonly comparison?: Comparison;
  readonly destroyed: number;
  readonly destroySeconds: number;
  /** What stands after the destroy and did not before the apply. */
  readonly left: readonly string[];
  readonly calls: number | undefined;
  readonly problems: readonly string[];
}

/** One environment, a clone and two services, made by the workspaces' script and by Mayfly, one after the other. */
interface Comparison {
  readonly workspaces: WorkspaceFigures;
  readonly mayfly: LivedEnvironment;
  /** The script's create beside Mayfly's label to ready, by the wall: how many times as long it took. */
  readonly timesAsLong: number;
}

/**
 * The whole of it on one emulator: an account as the first users keep theirs, the platform on it, an environment of
 * Mayfly's on the platform, and all of it removed. Rejects when something cannot go on; nothing is left running.
 */
export async function tryOn(name: EmulatorName, options: TrialOptions): Promise<Figures> {
  const emulator = await startEmulator(name, options.env);
  const copy = await copyInfra(options.infra);
  const { pluginDirectory, signal } = options;
  try {
    return await tell({
      emulator,
      terraform: {
        folder: copy.folder,
        env: { ...terraformEnv(options.env, emulator.url), ...asEnvironment(variablesOn(emulator, copy)) },
        pluginDirectory,
        signal,
      },
      workspaces: options.workspaces,
      say: (line) => options.say(`${name}: ${line}`),
    });
  } finally {
    await copy.remove();
    await emulator.stop();
  }
}

function variablesOn({ name }: Emulator, { packageFile }: WorkingCopy): PlatformVariables {
  return name === 'moto' ? PLATFORM : { ...PLATFORM, ...everythingElse(packageFile) };
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
  };
}

interface Telling {
  readonly emulator: Emulator;
  readonly terraform: TerraformOptions;
  readonly workspaces: boolean;
  say(line: string): void;
}

async function tell(telling: Telling): Promise<Figures> {
  const { emulator, say } = telling;
  const endpoint = { endpoint: emulator.url, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };
  await furnishAt(endpoint);
  const before = await takeCensus(endpoint);
  const terraform = createTerraform(telling.terraform);
  await terraform.init();
  const refused = await tryRefusals(telling.terraform, endpoint);
  const applied = await terraform.apply();
  say(`${applied.add} resources of the platform made in ${applied.seconds} s`);
  const second = await terraform.plan();
  say(`a second plan has ${changesOf(second)} changes`);
  const mayflysPolicies = await enforce(emulator, endpoint);
  const environment = await environmentOn(telling);
  const comparison = telling.workspaces ? await compare(telling, endpoint) : undefined;
  const destroyed = await terraform.destroy();
  const left = newcomers(before, await takeCensus(endpoint));
  say(`${destroyed.remove} resources destroyed in ${destroyed.seconds} s, ${left.length} left`);
  const figures = {
    refusals: refused.sentences,
    applied: applied.add,
    applySeconds: applied.seconds,
    notApplied: emulator.name === 'moto' ? NOT_ON_MOTO : {},
    policiesEnforced: mayflysPolicies,
    secondPlanChanges: changesOf(second),
    environment,
    ...(comparison && { comparison }),
    destroyed: destroyed.remove,
    destroySeconds: destroyed.seconds,
    left,
    calls: emulator.calls(),
  };
  return { ...figures, problems: [...refused.problems, ...problemsOf(figures)] };
}

/** The same environment by either, with nothing else going on. */
async function compare(telling: Telling, endpoint: Endpoint): Promise<Comparison> {
  const { emulator, terraform, say } = telling;
  const clients = createAwsClients(endpoint);
  try {
    const platform = await platformOf(clients);
    const runsTasks = emulator.notObservable === undefined;
    const workspaces = await tryWorkspaces({ platform, clients, env: scriptEnv(terraform), runsTasks, say });
    const mayfly = await environmentOn(telling, blueprintOfShape());
    const timesAsLong = Math.round((workspaces.createSeconds / mayfly.readySeconds) * 100) / 100;
    return { workspaces, mayfly, timesAsLong };
  } finally {
    Object.values(clients).forEach((client) => client.destroy());
  }
}

function scriptEnv({ env, pluginDirectory }: TerraformOptions): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(([name]) => !name.startsWith('TF_VAR_'));
  return { ...Object.fromEntries(own), ...(pluginDirectory === undefined ? {} : { TF_PLUGIN_DIR: pluginDirectory }) };
}

/** From here on Mayfly may do what Terraform let it, and nothing else. */
async function enforce({ enforce: hold }: Emulator, endpoint: Endpoint): Promise<number | undefined> {
  const policies = hold && (await policiesOfRole(MAYFLYS_ROLE, endpoint));
  hold?.(policies ?? []);
  return policies?.length;
}

async function furnishAt(endpoint: Endpoint): Promise<void> {
  const clients: SeedClients = { ...createAwsClients(endpoint), ec2: new EC2Client(endpoint) };
  try {
    await furnish(clients);
  } finally {
    Object.values(clients).forEach((client) => client.destroy());
  }
}

/** With the first users' blueprint unless another is given. */
async function environmentOn({ emulator, say }: Telling, blueprint?: string): Promise<LivedEnvironment> {
  const { url, notObservable } = emulator;
  const cloud = await startLocalCloud({
    clock: createRunningClock(),
    awsEndpoint: url,
    findPlatform: platformOf,
    buildSeconds: 0,
    ...(blueprint !== undefined && { blueprint }),
    ...(notObservable && { adapt: notObservable.adapt }),
  });
  try {
    const lived = await liveAndEnd(cloud, { visits: notObservable === undefined });
    say(`\`${lived.name}\` was there after ${lived.readySeconds} s, and gone ${lived.goneSeconds} s after its end`);
    return lived;
  } finally {
    await cloud.stop();
  }
}

/** Read as Mayfly's own start reads it. */
async function platformOf({ ssm }: Pick<SeedClients, 'ssm'>): Promise<Platform> {
  return parsePlatform(await readPlatformDocument(ssm, PLATFORM_PARAMETER));
}

function changesOf({ add, change, remove }: RunSummary): number {
  return add + change + remove;
}

function problemsOf(figures: Omit<Figures, 'problems'>): string[] {
  const { applied, destroyed, secondPlanChanges, environment, comparison, left } = figures;
  const lived = [environment, ...(comparison ? [comparison.mayfly] : [])];
  const unanswered = lived.flatMap(({ statuses }) => Object.entries(statuses)).filter(([, status]) => status !== 200);
  return [
    ...(secondPlanChanges === 0 ? [] : [`the second plan has ${secondPlanChanges} changes`]),
    ...(destroyed === applied ? [] : [`${applied} resources were made and ${destroyed} destroyed`]),
    ...unanswered.map(([url, status]) => `${url} answered ${status}`),
    ...lived.flatMap(({ leftovers }) => leftovers).map((name) => `${name} is left of an environment`),
    ...(comparison?.workspaces.problems ?? []),
    ...left.map((name) => `${name} is left of the platform`),
  ];
}
