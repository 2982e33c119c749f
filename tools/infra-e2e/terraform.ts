import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a run came to, in Terraform's own count. */
export interface RunSummary {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly seconds: number;
}

export interface Terraform {
  init(): Promise<void>;
  apply(): Promise<RunSummary>;
  plan(): Promise<RunSummary>;
  destroy(): Promise<RunSummary>;
}

/** A run that Terraform ended with an error, in its own words, without the stack of what led there. */
export class TerraformFailure extends Error {
  override readonly name = 'TerraformFailure';
}

export interface TerraformOptions {
  /** The root module. */
  readonly folder: string;
  /** All that Terraform and the provider know of the world. */
  readonly env: NodeJS.ProcessEnv;
  /** Holds `registry.terraform.io`; undefined where providers come from the registry. */
  readonly pluginDirectory: string | undefined;
  /** Ends the running command as Ctrl-C does: Terraform stops after the call in hand and keeps its state. */
  readonly signal: AbortSignal;
}

/** Every command is read by its machine-readable lines (Terraform's "Machine-Readable UI"). */
export function createTerraform({ folder, env, pluginDirectory, signal }: TerraformOptions): Terraform {
  async function run(args: readonly string[]): Promise<RunSummary> {
    const began = performance.now();
    const lines = await linesOf([`-chdir=${folder}`, ...args], { env, signal });
    return { ...changesIn(lines), seconds: Math.round((performance.now() - began) / 100) / 10 };
  }

  const plugins = pluginDirectory === undefined ? [] : [`-plugin-dir=${pluginDirectory}`];
  const unattended = ['-json', '-input=false'];
  return {
    init: async () => void (await run(['init', '-json', '-input=false', ...plugins])),
    apply: async () => await run(['apply', ...unattended, '-auto-approve']),
    plan: async () => await run(['plan', ...unattended]),
    destroy: async () => await run(['destroy', ...unattended, '-auto-approve']),
  };
}

/** Lines of Terraform's machine-readable output that somebody here reads. */
interface Line {
  readonly type?: string;
  readonly '@level'?: string;
  readonly changes?: { readonly add: number; readonly change: number; readonly remove: number };
  readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail: string };
}

async function linesOf(
  args: readonly string[],
  { env, signal }: Pick<TerraformOptions, 'env' | 'signal'>,
): Promise<readonly Line[]> {
  const child = spawn('terraform', args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const interrupt = (): boolean => child.kill('SIGINT');
  signal.addEventListener('abort', interrupt);
  const lines: Line[] = [];
  const other: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{')) {
      lines.push(JSON.parse(line) as Line);
    } else {
      other.push(line);
    }
  });
  createInterface({ input: child.stderr }).on('line', (line) => other.push(line));
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (status !== 0) {
      throw new TerraformFailure(failureIn(lines) || other.join('\n') || `terraform ended with ${status}`);
    }
    return lines;
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

function failureIn(lines: readonly Line[]): string {
  return lines
    .flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? [diagnostic] : []))
    .map(({ summary, detail }) => [summary, detail].filter((part) => part !== '').join(': '))
    .join('\n');
}

function changesIn(lines: readonly Line[]): Pick<RunSummary, 'add' | 'change' | 'remove'> {
  const { add, change, remove } = lines.findLast(({ type }) => type === 'change_summary')?.changes ?? {
    add: 0,
    change: 0,
    remove: 0,
  };
  return { add, change, remove };
}
