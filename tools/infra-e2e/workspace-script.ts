import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '../environment/report.ts';

const SCRIPT = fileURLToPath(new URL('../environment.ts', import.meta.url));

/** What `npm run environment` came to: its exit status, and the document that it printed. */
export interface ScriptRun {
  readonly status: number | null;
  readonly outcome: Outcome | Refused;
  readonly seconds: number;
}

interface Refused {
  readonly action: string;
  readonly error: { readonly status: number; readonly message: string };
}

/** Runs the script in a process of its own, as a person would. `args` begin with the action. */
export type WorkspaceScript = (...args: readonly string[]) => Promise<ScriptRun>;

export function createWorkspaceScript({
  env,
  stateFolder,
}: {
  env: NodeJS.ProcessEnv;
  stateFolder: string;
}): WorkspaceScript {
  return async (...args) => {
    const began = performance.now();
    const all = [...args, '--state-dir', stateFolder, '--json', '--settle', '0'];
    const child = spawn(process.execPath, [SCRIPT, ...all], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    const [printed, status] = await Promise.all([
      text(child.stdout),
      new Promise<number | null>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', resolve);
      }),
    ]);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    return { status, outcome: JSON.parse(printed) as ScriptRun['outcome'], seconds };
  };
}
