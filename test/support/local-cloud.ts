import { afterAll, beforeAll } from '@jest/globals';
import type { AwsSimulator } from '../../sim/aws/server.ts';
import { createRunningClock } from '../../sim/clock.ts';
import { MAYFLY_CREDENTIALS } from '../../sim/local/credentials.ts';
import { type LocalCloud, startLocalCloud } from '../../sim/local/local-cloud.ts';
import type { LocalCloudOptions } from '../../sim/local/local-cloud-options.ts';
import { SHORT_DURATIONS } from '../../sim/local/short-durations.ts';
import { type PostgresServer, startPostgres } from '../../sim/postgres/embedded-postgres.ts';
import { cloudPolicies } from '../infra/policies/mayfly-on-cloud.ts';

/** Real time in which a file's cloud starts, or a test lives through a whole life of an environment, on a busy machine. */
export const CLOUD_MS = 120_000;

/**
 * Fast enough that a life of an environment takes a second or two, and slow enough that a pause of the process of some
 * real milliseconds is none of a deadline's minutes.
 */
const SPEED = 60;

export interface TestCloud {
  /** Throws before the first test runs. */
  readonly now: LocalCloud & { readonly aws: AwsSimulator };
}

/**
 * One local cloud for all tests of a file: Mayfly, a GitHub and an AWS, with the first users' platform, living fast.
 * Mayfly is held to the policies of its role.
 * Its state is on a Postgres server, which answers in a fraction of the time; where there is none, or with a `dataDir`,
 * it is on the Postgres inside the process.
 */
export function useLocalCloud(options: Partial<Omit<LocalCloudOptions, 'awsEndpoint'>> = {}): TestCloud {
  let cloud: LocalCloud | undefined;
  let postgres: PostgresServer | undefined;

  beforeAll(async () => {
    const clock = createRunningClock({ speed: SPEED, startAt: new Date('2026-11-23T09:00:00Z') });
    postgres = options.dataDir === undefined ? await startPostgres().catch(() => undefined) : undefined;
    cloud = await startLocalCloud({
      clock,
      databaseUrl: await postgres?.createDatabase(),
      buildSeconds: 5,
      ...options,
      durations: { ...SHORT_DURATIONS, ...options.durations },
    });
    cloud.aws?.authorisation.enforce(MAYFLY_CREDENTIALS.accessKeyId, await cloudPolicies(cloud.platform));
  }, CLOUD_MS);

  afterAll(async () => {
    await cloud?.stop();
    await postgres?.stop();
  }, CLOUD_MS);

  return {
    get now() {
      if (!cloud?.aws) {
        throw new Error('the local cloud is not up');
      }
      return cloud as LocalCloud & { readonly aws: AwsSimulator };
    },
  };
}
