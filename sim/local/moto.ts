import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** moto, a third party's AWS, in a process of its own on 127.0.0.1. */
export interface Moto {
  readonly url: string;
  /** Forgets everything: an empty account again. */
  reset(): Promise<void>;
  /** Returns when the process has ended. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts moto on a free port, as `PATH` in `env` finds it. Certificates are issued at once: its default is a minute of real
 * time.
 */
export async function startMoto(env: NodeJS.ProcessEnv): Promise<Moto> {
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], {
    env: { ...env, PYTHONUNBUFFERED: '1', MOTO_ACM_VALIDATION_WAIT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await addressOf(server);
  return {
    url,
    async reset() {
      const response = await fetch(`${url}/moto-api/reset`, { method: 'POST' });
      await response.body?.cancel();
    },
    async stop() {
      if (server.exitCode === null && server.signalCode === null) {
        const ended = once(server, 'exit');
        server.kill();
        await ended;
      }
    },
  };
}

/** Its development server says on standard error where it listens, then goes on with a line for each request. */
async function addressOf(server: ChildProcess): Promise<string> {
  const { stdout, stderr } = server;
  if (!stdout || !stderr) {
    throw new Error('moto has no output to read its address from');
  }
  stdout.resume();
  const lines = createInterface({ input: stderr });
  return await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`moto ended with exit code ${code} before it listened`)));
    lines.on('line', (line) => {
      const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (address !== undefined) {
        resolve(address);
      }
    });
  });
}
