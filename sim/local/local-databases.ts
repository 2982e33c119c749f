import { clusterBehind, isDatabaseReachable } from '../aws/rds/reachability.ts';
import type { World } from '../aws/world.ts';
import type { MariaDbServer } from '../mariadb/mariadb-server.ts';
import { volumesOn } from './local-volumes.ts';

/** How a client reaches a cluster's data. */
export interface DatabaseAddress {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly socket: string;
  /** Stands for a user of the cluster: on one server no two clusters can have the same. */
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** As whom a client comes to a cluster. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** The data of a simulated account's clusters and snapshots, each in a database of its own on one MariaDB. */
export interface LocalDatabases {
  /**
   * Where the data behind an endpoint is (`host` or `host:port`). Undefined where nothing would answer: no such
   * cluster, no instance that is up, a cluster that is stopped. Without a login: as its master, with the password that it
   * has now.
   */
  addressOf(endpoint: string, login?: Login): DatabaseAddress | undefined;
  /**
   * The database of a cluster or a snapshot, up or not, by identifier, ARN or volume, for who fills it and looks into
   * it. Throws when there is none.
   */
  databaseOf(name: string): string;
  /** Resolves once all that was begun is done. Rejects with what failed since it was last asked. */
  settled(): Promise<void>;
  /** Drops everything; the server goes on. */
  close(): Promise<void>;
}

/**
 * Gives the clusters and snapshots of a simulated account data: empty when they are made, a copy when they are
 * restored, cloned or taken, gone when they are deleted. Those that are there already begin empty.
 */
export async function localDatabases({
  server,
  aws: { world },
}: {
  readonly server: MariaDbServer;
  readonly aws: { readonly world: World };
}): Promise<LocalDatabases> {
  const volumes = volumesOn(server);
  const { rds } = world;
  rds.volumes = volumes;
  for (const { resourceId, masterUsername: user, masterPassword: password } of rds.clusters.values()) {
    await volumes.make(resourceId, undefined);
    await volumes.setMaster(resourceId, { user, password });
  }
  for (const { volumeId } of rds.snapshots.values()) {
    await volumes.make(volumeId, undefined);
  }
  return {
    addressOf(endpoint, login) {
      const cluster = isDatabaseReachable(world, endpoint) ? clusterBehind(world, endpoint) : undefined;
      if (!cluster || !volumes.has(cluster.resourceId)) {
        return undefined;
      }
      const { port, socket } = server;
      const { database, user: master } = volumes.placeOf(cluster.resourceId);
      const isMaster = login === undefined || login.user === cluster.masterUsername;
      const user = isMaster ? master : volumes.userOf(cluster.resourceId, login.user);
      const password = login?.password ?? cluster.masterPassword;
      return { host: '127.0.0.1', port, socket, user, password, database };
    },
    databaseOf: (name) => volumes.placeOf(volumeNamed(world, name)).database,
    settled: async () => await volumes.settled(),
    async close() {
      rds.volumes = undefined;
      await volumes.settled().catch(() => undefined);
      const clusters = [...rds.clusters.values()].map(({ resourceId }) => resourceId);
      const snapshots = [...rds.snapshots.values()].map(({ volumeId }) => volumeId);
      await Promise.all([...clusters, ...snapshots].map(async (id) => await volumes.remove(id)));
    },
  };
}

function volumeNamed({ rds }: World, name: string): string {
  const isNamed = (thing: { readonly id: string; readonly arn: string }): boolean =>
    thing.id === name || thing.arn === name;
  const cluster = [...rds.clusters.values()].find(isNamed);
  const snapshot = [...rds.snapshots.values()].find(({ volumeId, ...held }) => isNamed(held) || volumeId === name);
  const id = cluster?.resourceId ?? snapshot?.volumeId;
  if (id === undefined) {
    throw new Error(`there is no cluster and no snapshot ${name}`);
  }
  return id;
}
