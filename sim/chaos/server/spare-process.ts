import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ServerOrder, ServerWord } from './order.ts';

const PROGRAM = fileURLToPath(new URL('program.ts', import.meta.url));
/** Of what a process wrote, the end is kept: it is read when something went wrong. */
const KEPT_CHARACTERS = 20_000;

/** A server in a process of its own. */
export interface ServerProcess {
  /** Starts it: once. Resolves with where it takes webhooks; rejects if it does not come up or ends instead. */
  start(order: ServerOrder): Promise<string>;
  /** SIGKILL, at any time, also of what has ended. Resolves when the process is no more. */
  kill(): Promise<void>;
  /** The end of what it wrote. */
  said(): string;
  /** Whether it is no more, whoever ended it. */
  hasEnded(): boolean;
}

/** Begins to load the server. It waits for its order, so that a restart costs no loading of modules. */
export function spareProcess(): ServerProcess {
  const child = fork(PROGRAM, {
    // What this process was started with, such as Jest's flags, is not for the server.
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-KEPT_CHARACTERS);
    });
  }
  const loaded = heard(child, 'loaded');
  loaded.catch(() => undefined);

  return {
    async start(order) {
      await loaded;
      const up = heard(child, 'up');
      child.send(order);
      const { webhookUrl } = await up;
      if (webhookUrl === undefined) {
        throw new Error('the server takes no webhooks');
      }
      return webhookUrl;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    said: () => said,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
  };
}

/** The first word of that kind. Rejects when the server says that it failed, or ends. */
async function heard<K extends ServerWord['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<ServerWord, { kind: K }>> {
  return await new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const word = message as ServerWord;
      if (word.kind === kind) {
        resolve(word as Extract<ServerWord, { kind: K }>);
      } else if (word.kind === 'failed') {
        reject(new Error(`the server did not start: ${word.message}`));
      }
    });
    child.once('close', (code, signal) => reject(new Error(`the server ended with ${signal ?? code}`)));
    child.once('error', reject);
  });
}
