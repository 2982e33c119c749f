import { type Platform, parsePlatform } from '../../src/config/platform.ts';
import type { AwsSimulator } from '../aws/server.ts';
import type { RunningClock } from '../clock.ts';
import { type SeedClients, seedPlatform } from '../seed-platform.ts';
import { LOCAL_REGION } from './credentials.ts';
import { firstUsersAccount, REPOSITORY, ZONE } from './first-users.ts';
import type { LocalCloudOptions } from './local-cloud-options.ts';
import { platformDocument } from './platform-document.ts';

/** The platform is built before the story begins; nobody watches. */
const SEEDING_SPEED = 5_000;

/** The shared infrastructure, built in no time that anybody watches. */
export async function seededPlatform(
  { clock, limits, database }: LocalCloudOptions,
  { aws, clients }: { aws: AwsSimulator | undefined; clients: SeedClients },
): Promise<Platform> {
  const { speed } = clock;
  if (aws) {
    clock.setSpeed(SEEDING_SPEED);
  }
  const seeded = await seedPlatform(clients, {
    zone: ZONE,
    ...firstUsersAccount,
    certificateMayPend: aws === undefined,
    pause: async (seconds) => await pause(clock, aws, seconds),
  });
  clock.setSpeed(speed);
  const region = LOCAL_REGION;
  return parsePlatform(
    JSON.stringify(
      platformDocument(seeded, { region, zone: ZONE, repository: REPOSITORY, database, ...(limits && { limits }) }),
    ),
  );
}

/** Time of a foreign AWS is not ours to speed up: what it makes wait is waited for by the wall. */
async function pause(clock: RunningClock, aws: AwsSimulator | undefined, seconds: number): Promise<void> {
  if (aws) {
    await clock.sleep(seconds);
  }
}
