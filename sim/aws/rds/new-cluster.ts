import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { newIdentifier, rdsArn } from './identifiers.ts';
import type { Cluster } from './state.ts';

/** The identifier of a cluster about to be made. Throws for an illegal name, one that is taken and a full quota. */
export function newClusterIdentifier({ rds }: World, asked: string | undefined): string {
  const id = newIdentifier('DBClusterIdentifier', asked ?? '');
  if (rds.clusters.has(id)) {
    throw new Refusal('DBClusterAlreadyExistsFault', 'DB Cluster already exists');
  }
  if (rds.clusters.size >= rds.quotas.clusters) {
    throw new Refusal('DBClusterQuotaExceededFault', 'DB Cluster quota exceeded');
  }
  return id;
}

export type NewCluster = Omit<
  Cluster,
  | 'arn'
  | 'resourceId'
  | 'createdAt'
  | 'managedSecret'
  | 'status'
  | 'pending'
  | 'automaticRestartAt'
  | 'cancelTransition'
>;

/** Puts a cluster that is `creating` into the world and tells the tag index. */
export function addCluster(world: World, settings: NewCluster): Cluster {
  const cluster: Cluster = {
    ...settings,
    arn: rdsArn(world, 'cluster', settings.id),
    resourceId: `cluster-${world.uniqueHex(26).toUpperCase()}`,
    createdAt: world.clock.now(),
    managedSecret: undefined,
    status: 'creating',
    pending: {},
    automaticRestartAt: undefined,
    cancelTransition: () => undefined,
  };
  world.rds.clusters.set(cluster.id, cluster);
  world.tagIndex.put(cluster.arn, cluster.tags);
  return cluster;
}

/** 1 to 35 days. Throws InvalidParameterValue. */
export function checkBackupRetention(days: number): number {
  if (!Number.isInteger(days) || days < 1 || days > 35) {
    throw new Refusal('InvalidParameterValue', `Invalid backup retention period: ${days}. Must be between 1 and 35.`);
  }
  return days;
}

/** 1150 to 65535. Throws InvalidParameterValue. */
export function checkPort(port: number): number {
  if (!Number.isInteger(port) || port < 1150 || port > 65_535) {
    throw new Refusal(
      'InvalidParameterValue',
      `Invalid database endpoint port: ${port}. Must be between 1150 and 65535.`,
    );
  }
  return port;
}

interface Switches {
  readonly DeletionProtection?: boolean | undefined;
  readonly CopyTagsToSnapshot?: boolean | undefined;
  readonly EnableIAMDatabaseAuthentication?: boolean | undefined;
  readonly EnableCloudwatchLogsExports?: readonly string[] | undefined;
}

/** What is off unless a create or a restore turns it on; none of it comes from a restore's source. */
export function switchesOf(
  input: Switches,
): Pick<Cluster, 'deletionProtection' | 'copyTagsToSnapshot' | 'iamAuthentication' | 'logExports'> {
  return {
    deletionProtection: input.DeletionProtection ?? false,
    copyTagsToSnapshot: input.CopyTagsToSnapshot ?? false,
    iamAuthentication: input.EnableIAMDatabaseAuthentication ?? false,
    logExports: input.EnableCloudwatchLogsExports ?? [],
  };
}
