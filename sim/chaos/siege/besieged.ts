import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerOrder } from '../server/order.ts';
import { type ServerProcess, spareProcess } from '../server/spare-process.ts';
import type { FrontDoor } from './front-door.ts';
import type { ReaperOrder, ReaperWord } from './reaper-order.ts';

/** Something that runs in a process of its own, is killed, and is started again by whoever runs it. */
export interface Besieged {
  /** Resolves when it is up; rejects when it does not come up, or is killed before it is. */
  start(): Promise<void>;
  /** SIGKILL, at any time, also while it starts. Resolves when the process is no more. */
  kill(): Promise<void>;
  /** Whether its process has ended although nobody killed it. */
  hasFallen(): boolean;
  /** What its processes wrote; of each, the end. */
  said(): readonly string[];
}

/** Its order is made anew for each process: clocks are shared as they run at that moment. */
export function besiegedServer({ order, door }: { order: () => ServerOrder; door: FrontDoor }): Besieged {
  const lastWords: string[] = [];
  let running: ServerProcess | undefined;
  let webhookUrl: string | undefined;
  return {
    async start() {
      const process = spareProcess();
      running = process;
      const url = await process.start(order());
      if (running === process) {
        webhookUrl = url;
        door.admit(url);
      }
    },
    async kill() {
      const dying = running;
      running = undefined;
      if (webhookUrl !== undefined) {
        door.dismiss(webhookUrl);
        webhookUrl = undefined;
      }
      await dying?.kill();
      lastWords.push(dying?.said() ?? '');
    },
    hasFallen: () => running?.hasEnded() ?? false,
    said: () => [...lastWords, running?.said() ?? ''],
  };
}

const REAPER = fileURLToPath(new URL('reaper-program.ts', import.meta.url));

export function besiegedReaper({
  order,
  heard,
}: {
  order: () => ReaperOrder;
  heard: (word: ReaperWord) => void;
}): Besieged {
  let running: ChildProcess | undefined;
  let said = '';
  return {
    async start() {
      const child = fork(REAPER, { execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
      running = child;
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (chunk: Buffer) => {
          said += chunk.toString();
        });
      }
      child.on('message', (word) => heard(word as ReaperWord));
      await once(child, 'spawn');
      child.send(order());
    },
    async kill() {
      const dying = running;
      running = undefined;
      if (dying && !isOver(dying)) {
        const ended = once(dying, 'close');
        dying.kill('SIGKILL');
        await ended;
      }
    },
    hasFallen: () => running !== undefined && isOver(running),
    said: () => [said],
  };
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
