import { createRunningClock } from '../../sim/clock.ts';
import { startLocalCloud } from '../../sim/local/local-cloud.ts';
import type { SeedClients } from '../../sim/seed-platform.ts';
import { type Platform, parsePlatform } from '../../src/config/platform.ts';
import { readPlatformDocument } from '../../src/provision/aws/platform-document.ts';
import type { Endpoint } from './census/listing.ts';
import type { Emulator } from './emulators.ts';
import { policiesOfRole } from './enforcement.ts';
import { type LivedEnvironment, liveAndEnd } from './environment.ts';

/** As `live/nonprod` names them unless told otherwise. */
const PLATFORM_PARAMETER = '/mayfly/platform';
const MAYFLYS_ROLE = 'nonprod-mayfly-task';

/** An environment of Mayfly's, by the first users' blueprint unless another is given, on the platform that stands there. */
export async function liveOn(
  { url, notObservable }: Emulator,
  { blueprint, say }: { blueprint?: string; say(line: string): void },
): Promise<LivedEnvironment> {
  const cloud = await startLocalCloud({
    clock: createRunningClock(),
    awsEndpoint: url,
    findPlatform: platformOf,
    buildSeconds: 0,
    ...(blueprint !== undefined && { blueprint }),
    ...(notObservable && { adapt: notObservable.adapt }),
  });
  try {
    const lived = await liveAndEnd(cloud, { visits: notObservable === undefined });
    say(`\`${lived.name}\` was there after ${lived.readySeconds} s, and gone ${lived.goneSeconds} s after its end`);
    return lived;
  } finally {
    await cloud.stop();
  }
}

/** Read as Mayfly's own start reads it. */
export async function platformOf({ ssm }: Pick<SeedClients, 'ssm'>): Promise<Platform> {
  return parsePlatform(await readPlatformDocument(ssm, PLATFORM_PARAMETER));
}

/** From here on Mayfly may do what Terraform let it, and nothing else. */
export async function enforce({ enforce: hold }: Emulator, endpoint: Endpoint): Promise<number | undefined> {
  const policies = hold && (await policiesOfRole(MAYFLYS_ROLE, endpoint));
  hold?.(policies ?? []);
  return policies?.length;
}
