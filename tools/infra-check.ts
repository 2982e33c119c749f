import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pluginDirectory } from './terraform/plugin-directory.ts';

/**
 * Checks everything below `infra` without an account: the format, then of each module whether it is valid, and its tests;
 * then the workflows.
 * Providers come from the directory that `TF_PLUGIN_DIR` names, or from one of the places where people keep such a
 * directory, or from the registry.
 */
const INFRA = 'infra';

function fail(message: string): never {
  console.error(message);
  process.exit(1);
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

function plugins(): string[] {
  try {
    const directory = pluginDirectory(process.env['TF_PLUGIN_DIR']);
    return directory === undefined ? [] : [`-plugin-dir=${directory}`];
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const init = ['init', '-backend=false', '-input=false', '-no-color', ...plugins()];
const steps = [init, ['validate', '-no-color'], ['test', '-no-color']];

let isGreen = terraform(['fmt', '-check', '-diff', '-recursive', '-no-color'], { folder: INFRA });
for (const folder of modules()) {
  const passed = steps.every((step) => terraform(step, { folder }));
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${folder}`);
  isGreen &&= passed;
}
// What builds and deploys is infrastructure too.
isGreen = spawnSync(process.execPath, ['tools/workflow-lint.ts'], { stdio: 'inherit' }).status === 0 && isGreen;
process.exitCode = isGreen ? 0 : 1;
