import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Checks everything below `infra` without an account: the format, then of each module whether it is valid, and its tests.
 * Providers come from the directory that `TF_PLUGIN_DIR` names, or from one of the places where people keep such a
 * directory, or from the registry.
 */
const INFRA = 'infra';
const HOST = 'registry.terraform.io';
const PLACES = [
  join(homedir(), '.terraform.d', 'plugins'),
  '/usr/local/share/terraform/plugins',
  '/usr/share/terraform/plugins',
];

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** The directory that holds `registry.terraform.io`; undefined when providers are to come from the registry. */
function pluginDirectory(): string | undefined {
  const named = process.env['TF_PLUGIN_DIR'];
  if (named !== undefined && !existsSync(join(named, HOST))) {
    fail(`TF_PLUGIN_DIR: there is no ${HOST} in ${named}`);
  }
  return named ?? [...PLACES, ...below('/opt')].find((place) => existsSync(join(place, HOST)));
}

function below(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** Everything with a file of its own that says which providers it needs. */
function modules(): string[] {
  return readdirSync(INFRA, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('versions.tf') && !path.includes('.terraform'))
    .map((path) => join(INFRA, path, '..'))
    .toSorted();
}

function terraform(args: readonly string[], { folder }: { folder: string }): boolean {
  const { status, stdout, stderr } = spawnSync('terraform', [`-chdir=${folder}`, ...args], { encoding: 'utf8' });
  if (status !== 0) {
    console.error(`${folder}: terraform ${args.join(' ')} failed\n${stdout}${stderr}`);
  }
  return status === 0;
}

if (spawnSync('terraform', ['version']).error) {
  fail('terraform is not installed, or not on the PATH: https://developer.hashicorp.com/terraform/install');
}

const plugins = pluginDirectory();
const init = ['init', '-backend=false', '-input=false', '-no-color', ...(plugins ? [`-plugin-dir=${plugins}`] : [])];
const steps = [init, ['validate', '-no-color'], ['test', '-no-color']];

let isGreen = terraform(['fmt', '-check', '-diff', '-recursive', '-no-color'], { folder: INFRA });
for (const folder of modules()) {
  const passed = steps.every((step) => terraform(step, { folder }));
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${folder}`);
  isGreen &&= passed;
}
process.exitCode = isGreen ? 0 : 1;
