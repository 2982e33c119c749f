import { everythingIn } from '../../sim/aws/page/inventories.ts';
import type { World } from '../../sim/aws/world.ts';
import { platformDocument } from '../../sim/local/platform-document.ts';
import { type Platform, parsePlatform } from '../../src/config/platform.ts';
import type { AwsClients } from '../../src/provision/aws/clients.ts';
import { createEstateReader } from '../../src/provision/aws/estate/estate.ts';
import { estateScopeOf } from '../../src/provision/aws/estate/scope.ts';
import { createProvisioners } from '../../src/provision/aws/provisioners.ts';
import type { EstateReader } from '../../src/reconcile/orphans/estate.ts';
import { type ReapParts, reap } from '../../src/reconcile/orphans/reap.ts';
import type { ReapReport } from '../../src/reconcile/orphans/reap-report.ts';
import type { LocalCloud } from '../contract/local-cloud.ts';
import { SEED } from '../contract/stage.ts';

/** The platform of the contract suites' stage, as its document would say it. */
export function stagePlatform({ platform }: Pick<LocalCloud, 'platform'>): Platform {
  const told = platformDocument(platform, { region: 'eu-west-1', zone: SEED.zone, repository: 'acme/shop' });
  return parsePlatform(JSON.stringify({ ...told, name: 'mayfly' }));
}

export function estateOn(cloud: LocalCloud, clients: AwsClients = cloud.mayflyClients): EstateReader {
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
export async function reapOnce(
  cloud: LocalCloud,
  { clients = cloud.mayflyClients, ...overrides }: Partial<ReapParts> & { clients?: AwsClients } = {},
): Promise<ReapReport> {
  const { clock, fetch } = cloud;
  const endsAt = clock.now().getTime() + 300_000;
  return await reap({
    estate: estateOn(cloud, clients),
    provisioners: createProvisioners({ clients, clock, fetch }),
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
