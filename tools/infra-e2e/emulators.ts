import { type Durations, realisticDurations } from '../../sim/aws/durations.ts';
import { startAwsSimulator } from '../../sim/aws/server.ts';
import { createWorld } from '../../sim/aws/world.ts';
import { createRunningClock } from '../../sim/clock.ts';
import { createNotObservable, type NotObservable } from '../../sim/demo/not-observable.ts';
import { MAYFLY_CREDENTIALS } from '../../sim/local/credentials.ts';
import { startMoto } from '../../sim/local/moto.ts';
import type { EmulatorName } from './options.ts';

/** How many times faster than AWS the simulated one does its work. Its rate limits are AWS's own: the clock is the wall's. */
export const FASTER = 60;

export interface Emulator {
  readonly name: EmulatorName;
  readonly url: string;
  /** What cannot be seen there by its nature; undefined where everything can. */
  readonly notObservable: NotObservable | undefined;
  /** Calls taken so far; undefined where nobody counts. */
  calls(): number | undefined;
  /** Holds Mayfly to these policies from now on; undefined where nobody would. */
  readonly enforce: ((policies: readonly string[]) => void) | undefined;
  stop(): Promise<void>;
}

/** An empty account. `env` is where moto is found by its `PATH`. */
export async function startEmulator(name: EmulatorName, env: NodeJS.ProcessEnv): Promise<Emulator> {
  return name === 'sim' ? await startSimulator() : await startForeign(env);
}

async function startSimulator(): Promise<Emulator> {
  const clock = createRunningClock();
  const world = createWorld({ clock, durations: shortened() });
  const aws = await startAwsSimulator({ clock, world });
  return {
    name: 'sim',
    url: aws.url,
    notObservable: undefined,
    calls: () => aws.requestLog.count(),
    enforce: (policies) => aws.authorisation.enforce(MAYFLY_CREDENTIALS.accessKeyId, policies),
    async stop() {
      await aws.close();
      clock.stop();
    },
  };
}

function shortened(): Durations {
  const entries = Object.entries(realisticDurations).map(([name, seconds]) => [name, seconds / FASTER] as const);
  return Object.fromEntries(entries) as unknown as Durations;
}

async function startForeign(env: NodeJS.ProcessEnv): Promise<Emulator> {
  const { url, stop } = await startMoto(env);
  return { name: 'moto', url, notObservable: createNotObservable(), calls: () => undefined, enforce: undefined, stop };
}
