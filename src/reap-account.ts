import type { Platform } from './config/platform.ts';
import type { AwsClients } from './provision/aws/clients.ts';
import { createEstateReader } from './provision/aws/estate/estate.ts';
import { estateScopeOf } from './provision/aws/estate/scope.ts';
import { createProvisioners } from './provision/aws/provisioners.ts';
import type { DatabaseUsers } from './reconcile/database/database-users.ts';
import { type ReapParts, reap } from './reconcile/orphans/reap.ts';
import type { ReapReport } from './reconcile/orphans/reap-report.ts';

export interface AccountToReap extends Omit<ReapParts, 'estate' | 'provisioners'> {
  readonly clients: AwsClients;
  readonly platform: Platform;
  /** Provisioners look at nothing but AWS when they release, and are given it all the same. */
  readonly fetch: typeof fetch;
}

/** What only releases makes none. */
const NO_USERS: DatabaseUsers = {
  async give(_place, { name }) {
    return await Promise.reject(new Error(`the reaper was asked to make the user ${name}`));
  },
};

/** One run of the reaper on the environments of a platform, for whoever has clients of its account: see `reap`. */
export async function reapAccount({ clients, platform, fetch, ...parts }: AccountToReap): Promise<ReapReport> {
  const { environmentPrefixes } = platform;
  const pause = async (seconds: number) => await parts.pause(seconds);
  return await reap({
    ...parts,
    estate: createEstateReader({ clients, scope: estateScopeOf(platform), environmentPrefixes, pause }),
    provisioners: createProvisioners({ clients, clock: parts.clock, fetch, users: NO_USERS }),
  });
}
