import { Resolver } from 'node:dns/promises';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../src/config/config-error.ts';
import { TerminalError } from '../src/domain/failure.ts';
import { createAwsClients } from '../src/provision/aws/clients.ts';
import { createEnvironment, planEnvironment } from './environment/create.ts';
import { destroyEnvironment } from './environment/destroy.ts';
import { createInterruption } from './environment/interruption.ts';
import { createLeftovers } from './environment/leftovers.ts';
import { listEnvironments } from './environment/list.ts';
import { type EnvironmentOptions, parseOptions, USAGE } from './environment/options.ts';
import type { Parts } from './environment/parts.ts';
import { createPreflight } from './environment/preflight.ts';
import { Interrupted, Refusal } from './environment/refusal.ts';
import { type Outcome, reportOf } from './environment/report.ts';
import { createTerraform } from './environment/terraform.ts';
import { checkVarFiles } from './environment/var-files.ts';
import { createWorkingCopy } from './environment/working-copy.ts';
import { createWorkspaces } from './environment/workspaces.ts';
import { pluginDirectory } from './terraform/plugin-directory.ts';

const INFRA = fileURLToPath(new URL('../infra', import.meta.url));
const interruption = createInterruption(process, () => performance.now());

function clientsFor({ region }: EnvironmentOptions) {
  const endpoint = process.env['AWS_ENDPOINT_URL'];
  return createAwsClients({ region, ...(endpoint ? { endpoint } : {}) });
}

function initArgs(): string[] {
  const directory = pluginDirectory(process.env['TF_PLUGIN_DIR']);
  return directory === undefined ? [] : [`-plugin-dir=${directory}`];
}

async function perform(options: EnvironmentOptions): Promise<Outcome> {
  checkVarFiles(options.wish.varFiles);
  const clients = clientsFor(options);
  const copy = createWorkingCopy({ infra: INFRA, state: options.state });
  const terraform = createTerraform({
    folder: copy.folder,
    env: process.env,
    say: (text) => process.stderr.write(text),
    interruption,
  });
  const resolver = new Resolver();
  const parts: Parts = {
    preflight: createPreflight({
      clients,
      region: options.region,
      parameter: options.platformParameter,
      accountId: options.accountId,
      resolveNameServers: options.checksDelegation ? async (zone) => await resolver.resolveNs(zone) : undefined,
    }),
    terraform,
    workspaces: createWorkspaces(terraform),
    copy,
    leftovers: createLeftovers(clients),
    initArgs: initArgs(),
    now: () => new Date(),
    pause: async (seconds) => await sleep(seconds * 1000),
  };
  try {
    return await ACTIONS[options.action](parts, options);
  } finally {
    const kept = copy.discard();
    if (kept !== undefined) {
      console.error(
        `Terraform could not write the state: it is in ${kept}/errored.tfstate. Push it with \`terraform state push\`.`,
      );
    }
  }
}

const ACTIONS = {
  create: createEnvironment,
  plan: planEnvironment,
  destroy: destroyEnvironment,
  list: listEnvironments,
} as const;

function publish(outcome: Outcome, { json, summaryFile }: EnvironmentOptions): void {
  if (summaryFile !== undefined && 'summary' in outcome) {
    appendFileSync(summaryFile, outcome.summary);
  }
  console.log(json ? JSON.stringify(outcome) : reportOf(outcome, new Date()).join('\n'));
}

/** 2: a person has to change something first, and nothing was made. */
function statusOf(error: unknown): number {
  if (error instanceof Interrupted) {
    return 130;
  }
  return error instanceof Refusal || error instanceof TerminalError || error instanceof ConfigError ? 2 : 1;
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(USAGE);
    return;
  }
  let options: EnvironmentOptions;
  try {
    options = parseOptions(args, process.env);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)} (--help says what there is.)`);
    process.exitCode = 2;
    return;
  }
  try {
    publish(await perform(options), options);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(message);
    process.exitCode = statusOf(error);
    if (options.json) {
      console.log(
        JSON.stringify({ action: options.action, name: options.name, error: { status: process.exitCode, message } }),
      );
    }
  }
}

await main();
