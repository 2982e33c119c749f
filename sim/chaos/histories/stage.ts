import { pino } from 'pino';
import type { MayflyParts } from '../../../src/mayfly/parts.ts';
import { type Mayfly, startMayfly } from '../../../src/mayfly.ts';
import type { AwsSimulator } from '../../aws/server.ts';
import { createRunningClock, type RunningClock } from '../../clock.ts';
import { MAYFLY_CREDENTIALS } from '../../local/credentials.ts';
import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';
import { SHORT_DURATIONS } from '../../local/short-durations.ts';
import { type GreenWatch, watchGreens } from '../truth/green-watch.ts';
import { plantLookAlikes } from '../truth/look-alikes.ts';
import { callWitness, type Witness } from '../truth/witness.ts';
import { crowdSource } from './crowd.ts';
import { type DatabaseLine, openDatabaseLine } from './database-line.ts';

/** Fewer than a history has pull requests, so that some wait. */
const SLOTS = 2;
/** Clones for all of them and one more: while one database is replaced, there is no room to replace another. */
const CLONES = SLOTS + 1;

/**
 * Time flies faster than in the tests: what a history waits for is mostly five or ten minutes of Mayfly's own patience,
 * and no deadline in its blueprints is shorter than six hours.
 */
const SPEED = 300;

const START_AGAIN_SECONDS = 10;
const MOST_STARTS = 60;

/** The world that histories are played in, one after the other. */
export interface Stage {
  readonly cloud: LocalCloud & { readonly aws: AwsSimulator };
  readonly line: DatabaseLine;
  readonly witness: Witness;
  readonly greens: GreenWatch;
  /** All that Mayfly wrote to its log. */
  readonly log: readonly string[];
  /** How many environments may exist at once. */
  readonly slots: number;
  /** Ends Mayfly as a deployment would, and starts it again. */
  restart(): Promise<void>;
  /** A second Mayfly at work on the same state. One is enough. */
  join(): Promise<void>;
  leave(): Promise<void>;
  stop(): Promise<void>;
}

/** What it takes to play what people do to pull requests, and to judge what came of it. */
export type Scene = Pick<Stage, 'cloud' | 'witness' | 'log' | 'slots'> & Partial<Pick<Stage, 'greens'>>;

/** `databaseUrl` is that of a database of its own, with every table in it. Rejects with nothing left running. */
export async function openStage({ databaseUrl }: { databaseUrl: string }): Promise<Stage> {
  const line = await openDatabaseLine(databaseUrl);
  const log: string[] = [];
  const logger = pino({ level: 'info' }, { write: (text: string) => void log.push(text) });
  const clock = createRunningClock({ speed: SPEED, startAt: new Date('2026-11-23T09:00:00Z') });
  let parts: MayflyParts | undefined;
  let second: Mayfly | undefined;
  let greens: GreenWatch | undefined;

  const cloud = await startLocalCloud({
    clock,
    databaseUrl: line.url,
    buildSeconds: 5,
    durations: SHORT_DURATIONS,
    limits: { environments: SLOTS },
    gates: {
      aws: async (_call, work) => await work(),
      async github({ operation }, work) {
        const answer = await work();
        if (operation?.startsWith('checks/')) {
          greens?.look();
        }
        return answer;
      },
    },
    async start(given) {
      parts = { ...given, log: logger };
      return await startToStay(parts, clock);
    },
  }).catch(async (error: unknown) => {
    await line.close();
    throw error;
  });
  const { aws } = cloud;
  if (!aws) {
    throw new Error('the stage is set with the AWS of our own');
  }
  await plantLookAlikes(cloud);
  await crowdSource(cloud, CLONES);
  const witness = callWitness({ aws, accessKeyId: MAYFLY_CREDENTIALS.accessKeyId, slots: SLOTS });

  greens = watchGreens({ aws, repository: cloud.github.store.repository(cloud.seed.repository), prefix: 'pr' });

  async function leave(): Promise<void> {
    const leaving = second;
    second = undefined;
    await leaving?.stop();
  }

  return {
    cloud: Object.assign(cloud, { aws }),
    line,
    witness,
    greens,
    log,
    slots: SLOTS,
    restart: async () => await cloud.restartMayfly(),
    async join() {
      if (!second && parts) {
        second = await startToStay({ ...parts, config: { ...parts.config, role: 'worker' } }, clock);
      }
    },
    leave,
    async stop() {
      witness.stop();
      await line.up();
      await leave();
      await cloud.stop();
      await line.close();
    },
  };
}

/** Whoever runs a server starts it again until it stays: without its database or GitHub it does not. */
async function startToStay(parts: MayflyParts, clock: RunningClock): Promise<Mayfly> {
  for (let left = MOST_STARTS; ; left -= 1) {
    try {
      return await startMayfly(parts);
    } catch (error) {
      if (left === 0) {
        throw error;
      }
      await clock.sleep(START_AGAIN_SECONDS);
    }
  }
}
