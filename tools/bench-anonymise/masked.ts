import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MaskTask, Took } from './mask-database.ts';

export interface Masked extends Took {
  readonly memory: Memory;
}

/** Of the process that masks, in MiB. */
export interface Memory {
  /** Resident. */
  readonly peak: number;
  /** Resident, the median of each quarter of the run. */
  readonly byQuarter: readonly number[];
  /** What lives: heap and buffers after a full collection, the median of each quarter. */
  readonly liveByQuarter: readonly number[];
}

/** What the process says: `failed` has the sentence of the error. */
export type Said = Masked | { readonly failed: string };

/** In a process of its own, so that its memory is that of masking alone. */
export async function masked(task: MaskTask): Promise<Masked> {
  const child = fork(fileURLToPath(new URL('./masker-process.ts', import.meta.url)), {
    stdio: ['ignore', 2, 2, 'ipc'],
    execArgv: ['--expose-gc'],
  });
  const said = await new Promise<Said>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the process that masks ended with ${code} before it was done`)));
    child.once('message', (message) => resolve(message as Said));
    child.send(task);
  });
  child.kill();
  if ('failed' in said) {
    throw new Error(said.failed);
  }
  return said;
}
