import type { Logger } from 'pino';
import type { Platform } from '../config/platform.ts';
import type { Config } from '../config/process.ts';
import type { readAppIdentity } from '../github/app-identity.ts';
import type { createOctokitSource } from '../github/octokit-source.ts';
import type { createProbot } from '../github/probot.ts';
import type { AwsClients } from '../provision/aws/clients.ts';
import type { Clock } from '../reconcile/clock.ts';
import type { DatabaseLook } from '../reconcile/database/database-look.ts';
import type { DatabaseUsers } from '../reconcile/database/database-users.ts';
import type { Provisioners } from '../reconcile/provisioner.ts';
import type { Store } from '../reconcile/store.ts';
import type { Database } from '../store/open.ts';

export interface MayflyParts {
  readonly config: Config;
  readonly platform: Platform;
  readonly clients: AwsClients;
  readonly clock: Clock;
  readonly log: Logger;
  /** For smoke checks; it must reach the environments' hosts, and nothing else: see `createOutwardFetch`. */
  readonly fetch: typeof fetch;
  /** Replaces provisioners, where the cloud at the other end lacks something by its nature. */
  readonly adapt?: (provisioners: Provisioners) => Provisioners;
  /** Asks the databases of environments, where their endpoints are names of no network. */
  readonly databases?: DatabaseLook;
  /** Makes users there. */
  readonly databaseUsers?: DatabaseUsers;
  /** Off only where GitHub is the local one: see `createProbot`. */
  readonly spacedWrites?: boolean;
  /** Runs around each look at an environment, so that what it does can be told from what other looks do. */
  readonly within?: <T>(environmentId: string, look: () => Promise<T>) => Promise<T>;
}

/** What the parts of one process share. */
export interface Connected {
  readonly probot: Awaited<ReturnType<typeof createProbot>>;
  readonly store: Store;
  readonly database: Database;
  readonly octokits: ReturnType<typeof createOctokitSource>;
  readonly identity: Awaited<ReturnType<typeof readAppIdentity>>;
}
