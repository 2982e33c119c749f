import { everythingIn } from '../../sim/aws/page/inventories.ts';
import type { World } from '../../sim/aws/world.ts';
import { platformDocument } from '../../sim/local/platform-document.ts';
import { type Platform, parsePlatform } from '../../src/config/platform.ts';
import { createEstateReader } from '../../src/provision/aws/estate/estate.ts';
import { estateScopeOf } from '../../src/provision/aws/estate/scope.ts';
import { type AccountToReap, reapAccount } from '../../src/reap-account.ts';
import type { EstateReader } from '../../src/reconcile/orphans/estate.ts';
import type { ReapReport } from '../../src/reconcile/orphans/reap-report.ts';
import type { LocalCloud } from '../contract/local-cloud.ts';
import { SEED } from '../contract/stage.ts';

/** The platform of the contract suites' stage, as its document would say it. */
export function stagePlatform({ platform }: Pick<LocalCloud, 'platform'>): Platform {
  const told = platformDocument(platform, { region: 'eu-west-1', zone: SEED.zone, repository: 'acme/shop' });
  return parsePlatform(JSON.stringify({ ...told, name: 'mayfly' }));
}

export function estateOn(cloud: LocalCloud): EstateReader {
  const clients = cloud.mayflyClients;
  const { environmentPrefixes, ...platform } = stagePlatform(cloud);
  const scope = estateScopeOf({ ...platform, environmentPrefixes });
  return createEstateReader({ clients, scope, environmentPrefixes, pause: pauseOf(cloud) });
}

function pauseOf({ clock }: LocalCloud): (seconds: number) => Promise<void> {
  return async (seconds) => {
    clock.advance(seconds);
    return await Promise.resolve();
  };
}

/** One run of the reaper on the stage, in the stage's time, as long as a Lambda of five minutes. */
export async function reapOnce(cloud: LocalCloud, overrides: Partial<AccountToReap> = {}): Promise<ReapReport> {
  const { clock, fetch } = cloud;
  const endsAt = clock.now().getTime() + 300_000;
  return await reapAccount({
    clients: cloud.mayflyClients,
    platform: stagePlatform(cloud),
    fetch,
    clock,
    graceSeconds: 7200,
    dryRun: false,
    remainingSeconds: () => (endsAt - clock.now().getTime()) / 1000,
    pause: pauseOf(cloud),
    onUnexpected(where, error) {
      throw new Error(`an error that no adapter knows, at ${where}`, { cause: error });
    },
    ...overrides,
  });
}

/** Everything in the account, as the simulator itself holds it: no call, no tag and no code of Mayfly's is believed. */
export function census(world: World): string[] {
  return everythingIn(world)
    .filter(({ status }) => status !== 'INACTIVE' && status !== 'STOPPED')
    .map(({ service, kind, name, arn }) => `${service} ${kind} ${name} ${arn}`)
    .toSorted();
}
