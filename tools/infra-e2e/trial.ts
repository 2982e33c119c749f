import { EC2Client } from '@aws-sdk/client-ec2';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../sim/local/credentials.ts';
import type { SeedClients } from '../../sim/seed-platform.ts';
import { createAwsClients } from '../../src/provision/aws/clients.ts';
import { furnish } from './account.ts';
import { newcomers, takeCensus } from './census/census.ts';
import type { Endpoint } from './census/listing.ts';
import { type Comparison, compare } from './compare.ts';
import { type Emulator, startEmulator } from './emulators.ts';
import type { LivedEnvironment } from './environment.ts';
import { enforce, liveOn } from './mayfly-on.ts';
import type { EmulatorName } from './options.ts';
import { asEnvironment, everythingElse, NOT_ON_MOTO, PLATFORM, type PlatformVariables } from './platform-variables.ts';
import { programEnv } from './program-env.ts';
import { type Refusals, tryRefusals } from './refusals.ts';
import { createTerraform, type RunSummary, type TerraformOptions } from './terraform.ts';
import { copyInfra, type WorkingCopy } from './working-copy.ts';

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

/**
 * The whole of it on one emulator: an account as the first users keep theirs, the platform on it, an environment of
 * Mayfly's on the platform, and all of it removed. Rejects when something cannot go on; nothing is left running.
 */
export async function tryOn(name: EmulatorName, options: TrialOptions): Promise<Figures> {
  const emulator = await startEmulator(name, options.env);
  const copy = await copyInfra(options.infra);
  const { pluginDirectory, signal } = options;
  const env = programEnv(options.env, { url: emulator.url, pluginDirectory });
  try {
    return await tell({
      emulator,
      terraform: {
        folder: copy.folder,
        env: { ...env, ...asEnvironment(variablesOn(emulator, copy)) },
        pluginDirectory,
        signal,
      },
      scriptEnv: env,
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

interface Telling {
  readonly emulator: Emulator;
  readonly terraform: TerraformOptions;
  /** Of the workspaces' script. */
  readonly scriptEnv: NodeJS.ProcessEnv;
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
  const environment = await liveOn(emulator, { say });
  const comparison = telling.workspaces
    ? await compare({ emulator, endpoint, env: telling.scriptEnv, say })
    : undefined;
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

async function furnishAt(endpoint: Endpoint): Promise<void> {
  const clients: SeedClients = { ...createAwsClients(endpoint), ec2: new EC2Client(endpoint) };
  try {
    await furnish(clients);
  } finally {
    Object.values(clients).forEach((client) => client.destroy());
  }
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
