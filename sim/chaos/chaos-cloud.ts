import type { AwsSimulator } from '../aws/server.ts';
import { createRunningClock } from '../clock.ts';
import { MAYFLY_CREDENTIALS } from '../local/credentials.ts';
import { type LocalCloud, startLocalCloud } from '../local/local-cloud.ts';
import { SHORT_DURATIONS } from '../local/short-durations.ts';
import { chaosBlueprint } from './chaos-blueprint.ts';
import { createGate, type Gate } from './gate/gate.ts';
import { createCrashableServer } from './server/crashable-server.ts';
import { plantLookAlikes } from './truth/look-alikes.ts';
import { callWitness, type Witness } from './truth/witness.ts';

/** What environments' names begin with. */
export const PREFIX = 'pr';
/** How many pull requests a cloud is good for at once. */
export const MOST_AT_ONCE = 8;

/**
 * A request that is in one run must be found in the next: the load balancer refuses a new certificate in every run, and two
 * changes of the zone meet in none. That they do is one of the faults (`faults/fault-table.ts`), and so dealt in every run.
 */
const DURATIONS = { ...SHORT_DURATIONS, certificateUsableAfterIssue: 9, dnsChangeInFlight: 0 };

function slowed(slowness: number): typeof DURATIONS {
  return Object.fromEntries(
    Object.entries(DURATIONS).map(([name, seconds]) => [name, seconds * slowness]),
  ) as typeof DURATIONS;
}

/** The local cloud around a server that can be killed. */
export interface ChaosCloud extends LocalCloud {
  readonly aws: AwsSimulator;
  readonly gate: Gate;
  readonly witness: Witness;
  /** SIGKILL; then `meanwhile`, then another server on the same state. */
  crash(meanwhile: () => void): Promise<void>;
  /** The end of what the servers wrote. */
  said(): string;
}

export interface ChaosCloudOptions {
  /** An empty database of a Postgres server, with every table in it. */
  readonly databaseUrl: string;
  /** Simulated seconds for each real one. */
  readonly speed: number;
  /** How many times as long AWS takes for everything: what is longer on its way is looked at more often. */
  readonly slowness?: number;
}

export async function startChaosCloud({ databaseUrl, speed, slowness = 1 }: ChaosCloudOptions): Promise<ChaosCloud> {
  const clock = createRunningClock({ speed, startAt: new Date('2026-11-23T09:00:00Z') });
  const gate = createGate(PREFIX);
  const server = await createCrashableServer({ clock, databaseUrl });
  try {
    const cloud = await startLocalCloud({
      clock,
      databaseUrl,
      gates: gate,
      start: server.start,
      workers: MOST_AT_ONCE,
      logLevel: 'warn',
      buildSeconds: 5,
      blueprint: chaosBlueprint(1),
      durations: slowed(slowness),
    });
    const { aws } = cloud;
    if (!aws) {
      throw new Error('there is no local AWS');
    }
    await plantLookAlikes(cloud);
    const witness = callWitness({
      aws,
      accessKeyId: MAYFLY_CREDENTIALS.accessKeyId,
      slots: cloud.platform.limits.environments,
    });
    return {
      ...cloud,
      aws,
      gate,
      witness,
      // Spread, it would be the one of the first moment for ever; its store is the same all along.
      crash: async (meanwhile) => await cloud.restartMayfly(meanwhile),
      said: server.said,
      async stop() {
        witness.stop();
        await cloud.stop();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
