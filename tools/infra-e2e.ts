import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../sim/program.ts';
import { type EmulatorName, type EndToEndOptions, parseOptions, USAGE } from './infra-e2e/options.ts';
import { type Figures, type TrialOptions, tryOn } from './infra-e2e/trial.ts';
import { pluginDirectory } from './terraform/plugin-directory.ts';

const INTERRUPTED = 130;

function requireProgram(name: string, args: readonly string[]): void {
  if (spawnSync(name, args).error) {
    throw new Error(`${name} is not installed, or not on the PATH.`);
  }
}

async function main({ emulators, workspaces }: EndToEndOptions): Promise<number> {
  requireProgram('terraform', ['version']);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  process.once('SIGTERM', () => interrupted.abort());
  const began = performance.now();
  const options = {
    infra: fileURLToPath(new URL('../infra', import.meta.url)),
    env: process.env,
    pluginDirectory: pluginDirectory(process.env['TF_PLUGIN_DIR']),
    workspaces,
    signal: interrupted.signal,
    say: (line: string) => process.stderr.write(`${stamp(began)}  ${line}\n`),
  };
  const tried = workspaces ? await oneByOne(emulators, options) : await sideBySide(emulators, options);
  const results = Object.fromEntries(tried);
  const ok = tried.every(([, { problems }]) => problems.length === 0);
  process.stdout.write(`${JSON.stringify({ ok, ...results })}\n`);
  if (interrupted.signal.aborted) {
    return INTERRUPTED;
  }
  return ok ? 0 : 1;
}

type Tried = readonly (readonly [EmulatorName, Attempt])[];

/** Terraform spends its time waiting, so that two take no longer than one. */
async function sideBySide(emulators: readonly EmulatorName[], options: TrialOptions): Promise<Tried> {
  return await Promise.all(emulators.map(async (name) => [name, await attempt(name, options)] as const));
}

/** Where wall times are compared, nothing else may take the processor. */
async function oneByOne(emulators: readonly EmulatorName[], options: TrialOptions): Promise<Tried> {
  const tried: [EmulatorName, Attempt][] = [];
  for (const name of emulators) {
    tried.push([name, await attempt(name, options)]);
  }
  return tried;
}

type Attempt = Figures | { readonly problems: readonly string[] };

async function attempt(name: EmulatorName, options: TrialOptions): Promise<Attempt> {
  try {
    return await tryOn(name, options);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    options.say(`${name}: ${problem}`);
    return { problems: [problem] };
  }
}

function stamp(began: number): string {
  return `${Math.round((performance.now() - began) / 1000)} s`.padStart(6);
}

await runProgram({ usage: USAGE, parse: parseOptions, main });
