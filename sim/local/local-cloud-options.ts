import type { Platform } from '../../src/config/platform.ts';
import type { Config } from '../../src/config/process.ts';
import type { startMayfly } from '../../src/mayfly.ts';
import type { Provisioners } from '../../src/reconcile/provisioner.ts';
import type { Durations } from '../aws/durations.ts';
import type { Guard } from '../aws/wire/guard.ts';
import type { RunningClock } from '../clock.ts';
import type { RestGate } from '../github/http/exchange.ts';
import type { SeedClients } from '../seed-platform.ts';
import type { LocalDatabases } from './local-databases.ts';
import type { PlatformLimits } from './platform-document.ts';

export interface LocalCloudOptions {
  readonly clock: RunningClock;
  /** Another AWS than the one in `sim/aws`: moto's server. */
  readonly awsEndpoint?: string | undefined;
  /** Finds the platform that stands there already, with what the first users keep in the account; otherwise one is seeded. */
  readonly findPlatform?: (clients: SeedClients) => Promise<Platform>;
  /** 0 takes any that is free. */
  readonly githubPort?: number;
  readonly awsPort?: number;
  readonly logLevel?: Config['logLevel'];
  readonly adapt?: (provisioners: Provisioners) => Provisioners;
  /** In place of the first users' own. */
  readonly blueprint?: string;
  /** In place of the realistic ones: how long the local AWS takes. */
  readonly durations?: Partial<Durations>;
  /** How long the repository's workflow takes to build a commit's images. */
  readonly buildSeconds?: number;
  /** How long a run of a suite takes, which then succeeds; unless given, runs wait until somebody plays them. */
  readonly suiteSeconds?: number;
  /** Stricter or looser than a platform's own defaults. */
  readonly limits?: PlatformLimits;
  /** What stands under `database` in the platform document, besides what a seeded platform has there. */
  readonly database?: object;
  /** Where Mayfly keeps its state; in memory unless given, and then a restart of Mayfly begins with nothing. */
  readonly dataDir?: string;
  /** A Postgres server in place of the one inside this process. */
  readonly databaseUrl?: string | undefined;
  /** Logins of bots that may ask for an environment. */
  readonly allowedBots?: readonly string[];
  /** What every call passes on its way into the simulators. */
  readonly gates?: { readonly aws: Guard; readonly github: RestGate };
  /** In place of a Mayfly in this process, such as one in a process of its own. */
  readonly start?: typeof startMayfly;
  /** The data behind the clusters of the local AWS, once there is any: without, nobody can be asked who is connected, and users are made in nothing. */
  readonly databases?: () => LocalDatabases | undefined;
  /** How many environments Mayfly looks at at once. */
  readonly workers?: number;
  /** What one person may ask for in ten minutes; without, there is no limit that a story would come near. */
  readonly asksPerUser?: number;
  /** With it, Mayfly shows its environments to programs. */
  readonly apiToken?: string;
  /** Whether Mayfly looks for what nothing keeps; it does unless given. */
  readonly sweep?: Config['sweep']['mode'];
}
