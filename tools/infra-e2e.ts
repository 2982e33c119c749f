import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../sim/program.ts';
import { type EndToEndOptions, parseOptions, USAGE } from './infra-e2e/options.ts';
import { type Figures, tryOn } from './infra-e2e/trial.ts';

const INTERRUPTED = 130;

function requireProgram(name: string, args: readonly string[]): void {
  if (spawnSync(name, args).error) {
    throw new Error(`${name} is not installed, or not on the PATH.`);
  }
}

async function main({ emulators }: EndToEndOptions): Promise<number> {
  requireProgram('terraform', ['version']);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  process.once('SIGTERM', () => interrupted.abort());
  const began = performance.now();
  const options = {
    infra: fileURLToPath(new URL('../infra', import.meta.url)),
    env: process.env,
    pluginDirectory: process.env['TF_PLUGIN_DIR'],
    signal: interrupted.signal,
    say: (line: string) => process.stderr.write(`${stamp(began)}  ${line}\n`),
  };
  // Terraform spends its time waiting, so that two take no longer than one.
  const tried = await Promise.all(emulators.map(async (name) => [name, await attempt(name, options)] as const));
  const results = Object.fromEntries(tried);
  const ok = tried.every(([, { problems }]) => problems.length === 0);
  process.stdout.write(`${JSON.stringify({ ok, ...results })}\n`);
  if (interrupted.signal.aborted) {
    return INTERRUPTED;
  }
  return ok ? 0 : 1;
}

type Attempt = Figures | { readonly problems: readonly string[] };

async function attempt(...[name, options]: Parameters<typeof tryOn>): Promise<Attempt> {
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
