import { execFile, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pluginDirectory } from './terraform/plugin-directory.ts';

/**
 * Checks everything below `infra` without an account: the format, then of each module whether it is valid, and its tests;
 * then the workflows.
 * Providers come from the directory that `TF_PLUGIN_DIR` names, or from one of the places where people keep such a
 * directory, or from the registry.
 */
const INFRA = 'infra';
const MOST_OUTPUT = 16 * 1024 * 1024;
const run = promisify(execFile);

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

/** Whether a command ended well; what it printed is shown where it did not. */
async function terraform(args: readonly string[], { folder }: { folder: string }): Promise<boolean> {
  try {
    await run('terraform', [`-chdir=${folder}`, ...args], { maxBuffer: MOST_OUTPUT });
    return true;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    console.error(`${folder}: terraform ${args.join(' ')} failed\n${stdout}${stderr}`);
    return false;
  }
}

async function checkModule(folder: string): Promise<boolean> {
  for (const step of steps) {
    if (!(await terraform(step, { folder }))) {
      return false;
    }
  }
  return true;
}

/** As many modules at a time as there are processors. True when all are in order. */
async function checkModules(): Promise<boolean> {
  const folders = modules();
  let areGreen = true;
  async function checkOn(): Promise<void> {
    for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
      const passed = await checkModule(folder);
      console.log(`${passed ? 'ok    ' : 'FAILED'} ${folder}`);
      areGreen &&= passed;
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, checkOn));
  return areGreen;
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

let isGreen = await terraform(['fmt', '-check', '-diff', '-recursive', '-no-color'], { folder: INFRA });
isGreen = (await checkModules()) && isGreen;
// What builds and deploys is infrastructure too.
isGreen = spawnSync(process.execPath, ['tools/workflow-lint.ts'], { stdio: 'inherit' }).status === 0 && isGreen;
process.exitCode = isGreen ? 0 : 1;
