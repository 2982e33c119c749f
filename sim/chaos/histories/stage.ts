import { pino } from 'pino';
import { type Mayfly, type MayflyParts, startMayfly } from '../../../src/mayfly.ts';
import type { AwsSimulator } from '../../aws/server.ts';
import { createRunningClock } from '../../clock.ts';
import { MAYFLY_CREDENTIALS } from '../../local/credentials.ts';
import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';
import { SHORT_DURATIONS } from '../../local/short-durations.ts';
import { callWitness, type Witness } from '../truth/witness.ts';
import { type DatabaseLine, openDatabaseLine } from './database-line.ts';

/** Fewer than a history has pull requests, so that some wait. */
const SLOTS = 2;

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
export type Scene = Pick<Stage, 'cloud' | 'witness' | 'log' | 'slots'>;

/** `databaseUrl` is that of a database of its own, with every table in it. Rejects with nothing left running. */
export async function openStage({ databaseUrl }: { databaseUrl: string }): Promise<Stage> {
  const line = await openDatabaseLine(databaseUrl);
  const log: string[] = [];
  const logger = pino({ level: 'info' }, { write: (text: string) => void log.push(text) });
  const clock = createRunningClock({ speed: SPEED, startAt: new Date('2026-11-23T09:00:00Z') });
  let parts: MayflyParts | undefined;
  let second: Mayfly | undefined;

  /** Whoever runs a server starts it again until it stays: without its database or GitHub it does not. */
  async function start(own: MayflyParts): Promise<Mayfly> {
    for (let left = MOST_STARTS; ; left -= 1) {
      try {
        return await startMayfly(own);
      } catch (error) {
        if (left === 0) {
          throw error;
        }
        await clock.sleep(START_AGAIN_SECONDS);
      }
    }
  }

  const cloud = await startLocalCloud({
    clock,
    databaseUrl: line.url,
    buildSeconds: 5,
    durations: SHORT_DURATIONS,
    limits: { environments: SLOTS },
    async start(given) {
      parts = { ...given, log: logger };
      return await start(parts);
    },
  }).catch(async (error: unknown) => {
    await line.close();
    throw error;
  });
  const { aws } = cloud;
  if (!aws) {
    throw new Error('the stage is set with the AWS of our own');
  }
  const witness = callWitness({ aws, accessKeyId: MAYFLY_CREDENTIALS.accessKeyId, slots: SLOTS });

  async function leave(): Promise<void> {
    const leaving = second;
    second = undefined;
    await leaving?.stop();
  }

  return {
    cloud: Object.assign(cloud, { aws }),
    line,
    witness,
    log,
    slots: SLOTS,
    restart: async () => await cloud.restartMayfly(),
    async join() {
      if (!second && parts) {
        second = await start({ ...parts, config: { ...parts.config, role: 'worker' } });
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
