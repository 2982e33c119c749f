import type { MayflyParts } from '../../../src/mayfly/parts.ts';
import { openDatabase } from '../../../src/store/open.ts';
import { createStore } from '../../../src/store/store.ts';
import type { AwsSimulator } from '../../aws/server.ts';
import { createRunningClock } from '../../clock.ts';
import { MAYFLY_CREDENTIALS } from '../../local/credentials.ts';
import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';
import { SHORT_DURATIONS } from '../../local/short-durations.ts';
import type { Scene } from '../histories/stage.ts';
import { shareClock } from '../server/shared-clock.ts';
import { plantLookAlikes } from '../truth/look-alikes.ts';
import { standingIn } from '../truth/standing.ts';
import { callWitness } from '../truth/witness.ts';
import { type Besieged, besiegedReaper, besiegedServer } from './besieged.ts';
import { openFrontDoor } from './front-door.ts';
import type { ReaperWord } from './reaper-order.ts';
import { type ReaperWatch, watchReaper } from './reaper-watch.ts';
import type { Mortal } from './schedule.ts';

/** Fewer than there are pull requests, so that some wait. */
const SLOTS = 8;
/** Two minutes are two hours then: what lives for an hour expires. */
const SPEED = 60;
/** Shorter than a removal takes: so the reaper and Mayfly remove the same environments at once. */
const REAPER_GRACE_SECONDS = 60;

/** One local cloud, with servers and a reaper in processes of their own around it. All of them are up. */
export interface SiegeCloud {
  readonly scene: Scene;
  readonly besieged: Readonly<Record<Mortal, Besieged>>;
  readonly reaperWatch: ReaperWatch;
  stop(): Promise<void>;
}

export interface SiegeCloudOptions {
  /** An empty database of a Postgres server. */
  readonly databaseUrl: string;
  /** Told of each round of the reaper. */
  readonly heard: (word: ReaperWord) => void;
}

/** Rejects with nothing left running. */
export async function startSiegeCloud({ databaseUrl, heard }: SiegeCloudOptions): Promise<SiegeCloud> {
  const ends: (() => Promise<unknown> | void)[] = [];
  async function stop(): Promise<void> {
    for (let end = ends.pop(); end; end = ends.pop()) {
      await end();
    }
  }
  try {
    return await start({ databaseUrl, heard }, { ends, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  { databaseUrl, heard }: SiegeCloudOptions,
  { ends, stop }: { ends: (() => Promise<unknown> | void)[]; stop: () => Promise<void> },
): Promise<SiegeCloud> {
  const clock = createRunningClock({ speed: SPEED, startAt: new Date('2026-11-23T09:00:00Z') });
  const database = await openDatabase({ databaseUrl, dataDir: '' });
  ends.push(async () => await database.close());
  const store = createStore({ database });
  const door = await openFrontDoor();
  ends.push(async () => await door.close());
  let simulator: AwsSimulator | undefined;
  const reaperWatch = watchReaper({
    standing: () => (simulator ? standingIn(simulator.world) : []),
    now: clock.now,
    graceSeconds: REAPER_GRACE_SECONDS,
  });
  const servers: Besieged[] = [];

  async function startServers({ config, platform }: MayflyParts) {
    const order = () => ({ config, platform, awsUrl: config.aws.endpointUrl ?? '', clock: shareClock(clock) });
    servers.push(besiegedServer({ order, door }), besiegedServer({ order, door }));
    ends.push(async () => await Promise.all(servers.map(async (server) => await server.kill())));
    await Promise.all(servers.map(async (server) => await server.start()));
    return { webhookUrl: door.url, store, stop: async () => await Promise.resolve() };
  }

  const local: LocalCloud = await startLocalCloud({
    clock,
    databaseUrl,
    start: startServers,
    gates: { aws: reaperWatch.guard, github: async (_request, work) => await work() },
    workers: SLOTS,
    logLevel: 'warn',
    buildSeconds: 5,
    durations: SHORT_DURATIONS,
    limits: { environments: SLOTS },
  });
  // After the servers: they end first.
  ends.unshift(async () => await local.stop());
  const { aws } = local;
  const [first, second] = servers;
  if (!aws || !first || !second) {
    throw new Error('the siege is laid to two servers and the AWS of our own');
  }
  simulator = aws;
  await plantLookAlikes(local);
  const witness = callWitness({ aws, accessKeyId: MAYFLY_CREDENTIALS.accessKeyId, slots: SLOTS });
  const { platform, awsUrl } = local;
  const reaper = besiegedReaper({
    order: () => ({ platform, awsUrl, clock: shareClock(clock), graceSeconds: REAPER_GRACE_SECONDS }),
    heard,
  });
  ends.push(
    () => witness.stop(),
    async () => await reaper.kill(),
  );
  await reaper.start();
  const besieged = { 'server 1': first, 'server 2': second, reaper };
  const scene: Scene = {
    cloud: Object.assign(local, { aws }),
    witness: {
      ...witness,
      get seen() {
        return [...witness.seen, ...reaperWatch.seen];
      },
    },
    slots: SLOTS,
    get log() {
      return Object.values(besieged).flatMap((one) => one.said());
    },
  };
  return { scene, besieged, reaperWatch, stop };
}
