import { setTimeout as sleep } from 'node:timers/promises';
import type { Besieged } from './besieged.ts';

/** Whoever runs a process: it is started again after each death, until it stays. */
export interface Keeper {
  /** It dies now, whatever it is at, and is started again so many real seconds later. */
  kill(deadSeconds: number): void;
  /** Resolves when it is up and nothing is in hand; rejects when it could not be started. */
  isUp(): Promise<void>;
  readonly kills: number;
}

const START_AGAIN_MS = 1000;
const MOST_STARTS = 30;

/** `tell` is given a line for whatever happens to it. It is up when its keeper begins. */
export function keep(besieged: Besieged, tell: (line: string) => void): Keeper {
  let kills = 0;
  let inHand = Promise.resolve();

  /** A start that fails because it was killed once more is nobody's trouble: that death has a start of its own. */
  async function start(life: number): Promise<void> {
    for (let left = MOST_STARTS; life === kills; left -= 1) {
      try {
        await besieged.start();
        tell(life === kills ? 'is up' : 'was up, and is dead already');
        return;
      } catch (error) {
        if (life !== kills) {
          return;
        }
        tell(`does not come up: ${error instanceof Error ? error.message : String(error)}`);
        if (left === 0) {
          throw error;
        }
        await besieged.kill();
        await sleep(START_AGAIN_MS);
      }
    }
  }

  async function die(life: number, deadSeconds: number): Promise<void> {
    await besieged.kill();
    await sleep(deadSeconds * 1000);
    if (life === kills) {
      await start(life);
    }
  }

  return {
    kill(deadSeconds) {
      tell(`is killed, for ${deadSeconds} s`);
      kills += 1;
      inHand = die(kills, deadSeconds);
      // Who asks whether it is up is told; until then it ends nothing.
      inHand.catch(() => undefined);
    },
    isUp: async () => await inHand,
    get kills() {
      return kills;
    },
  };
}
