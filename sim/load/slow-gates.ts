import { setTimeout as sleep } from 'node:timers/promises';
import type { Guard } from '../aws/wire/guard.ts';
import { createRandom } from '../chaos/histories/random.ts';
import type { RestGate } from '../github/http/exchange.ts';

const SHORTEST_MS = 2000;
const LONGEST_MS = 5000;

/** An AWS and a GitHub of which every call takes two to five seconds, from when `begin` is called until `end` is. */
export interface SlowGates {
  readonly aws: Guard;
  readonly github: RestGate;
  begin(): void;
  /** Lets go of what is held as well. */
  end(): void;
}

export function createSlowGates(seed: number): SlowGates {
  const random = createRandom(seed);
  const ended = new AbortController();
  let isSlow = false;

  async function hold(): Promise<void> {
    if (isSlow && !ended.signal.aborted) {
      const milliseconds = SHORTEST_MS + random.below(LONGEST_MS - SHORTEST_MS);
      await sleep(milliseconds, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  }

  return {
    async aws(_call, work) {
      await hold();
      return await work();
    },
    async github(_request, work) {
      await hold();
      return await work();
    },
    begin() {
      isSlow = true;
    },
    end: () => ended.abort(),
  };
}
