import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) {
    child.kill('SIGKILL');
  }
  running.clear();
});

/** A program of this repository in a process of its own. It is killed after the test if it still runs. */
export interface Program {
  readonly pid: number | undefined;
  stdout(): string;
  stderr(): string;
  /** Resolves with everything on stdout, or on stderr, once that holds `text`; rejects if the program ends without. */
  says(text: string, on?: 'stdout' | 'stderr'): Promise<string>;
  /** Sends the signal, if one is given, and resolves with the exit code once the program has ended; null after a kill. */
  ended(signal?: NodeJS.Signals): Promise<number | null>;
}

/** `startProgram('sim/aws.ts', ['--port', '0'])`. With `env`, it has those variables and no others. */
export function startProgram(path: string, args: readonly string[], env?: NodeJS.ProcessEnv): Program {
  const child = spawn(process.execPath, [path, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(env && { env }),
  });
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const end = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  return {
    pid: child.pid,
    stdout: () => stdout,
    stderr: () => stderr,
    async says(text, on = 'stdout') {
      const said = (): string => (on === 'stdout' ? stdout : stderr);
      await new Promise<void>((resolve, reject) => {
        const look = (): void => {
          if (said().includes(text)) {
            resolve();
          }
        };
        child[on].on('data', look);
        look();
        end.then((code) => reject(new Error(`${path} ended with ${code}: ${stderr}`)), reject);
      });
      return said();
    },
    async ended(signal) {
      if (signal && child.exitCode === null) {
        child.kill(signal);
      }
      return await end;
    },
  };
}
