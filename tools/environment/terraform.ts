import { spawn } from 'node:child_process';
import type { Interruption } from './interruption.ts';
import { Interrupted, TerraformFailed } from './refusal.ts';

/** Terraform in one folder. Everything else in this folder knows no more of it than this. */
export interface Terraform {
  /**
   * Runs one command to its end, in a workspace if one is named, which has to be there. Resolves with what it printed on
   * stdout; throws `TerraformFailed` for any exit status but 0, and `Interrupted` once somebody asked for the end.
   */
  (args: readonly string[], options?: TerraformOptions): Promise<string>;
}

export interface TerraformOptions {
  readonly workspace?: string;
  /** What is read by us and not by people: stdout is not shown. */
  readonly quiet?: boolean;
}

/** These would send a command elsewhere than it was meant for. */
const NOT_PASSED_ON = ['TF_WORKSPACE', 'TF_DATA_DIR'];

/** `say` is given what Terraform says, as it says it. */
export function createTerraform({
  folder,
  env,
  say,
  interruption,
}: {
  folder: string;
  env: Readonly<Record<string, string | undefined>>;
  say: (text: string) => void;
  interruption: Interruption;
}): Terraform {
  const passedOn = Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_PASSED_ON.includes(name)));
  return async (args, { workspace, quiet = false } = {}) => {
    interruption.throwIfAsked();
    return await new Promise<string>((resolve, reject) => {
      // In a process group of its own: a terminal sends Ctrl-C to its whole group, and Terraform takes a second one for
      // the wish to end at once, whatever is half made.
      const child = spawn('terraform', args, {
        cwd: folder,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...passedOn, TF_IN_AUTOMATION: '1', TF_INPUT: '0', ...(workspace && { TF_WORKSPACE: workspace }) },
      });
      const forget = interruption.onAsked(() => child.kill('SIGINT'));
      let stdout = '';
      let told = '';
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
        if (!quiet) {
          say(chunk.toString());
        }
      });
      child.stderr.on('data', (chunk: Buffer) => {
        told += chunk.toString();
        say(chunk.toString());
      });
      child.once('error', (cause) => {
        forget();
        reject(new TerraformFailed('Terraform is not installed, or not on the PATH.', { cause }));
      });
      child.once('close', (code) => {
        forget();
        if (code === 0) {
          resolve(stdout);
        } else if (interruption.asked()) {
          reject(new Interrupted('Terraform stopped as it was asked to. What it made stands in the state.'));
        } else {
          reject(new TerraformFailed(`terraform ${args[0]} ended with ${code}.`, { told }));
        }
      });
    });
  };
}
