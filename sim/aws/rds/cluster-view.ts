import type { DBCluster } from '@aws-sdk/client-rds';
import type { World } from '../world.ts';
import { readerEndpoint, writerEndpoint } from './endpoints.ts';
import { membersOf } from './lookup.ts';
import type { Cluster, PendingModification } from './state.ts';
import { tagListOf } from './tag-rules.ts';

/** A cluster as RDS describes it. */
export function clusterView(world: World, cluster: Cluster): DBCluster {
  const now = world.clock.now();
  return {
    DBClusterIdentifier: cluster.id,
    DBClusterArn: cluster.arn,
    DbClusterResourceId: cluster.resourceId,
    ClusterCreateTime: cluster.createdAt,
    Status: cluster.status,
    Engine: cluster.engine,
    EngineVersion: cluster.engineVersion,
    EngineMode: 'provisioned',
    Endpoint: writerEndpoint(world, cluster),
    ReaderEndpoint: readerEndpoint(world, cluster),
    CustomEndpoints: [],
    Port: cluster.port,
    HostedZoneId: 'Z29XKXDKYMONMX',
    MasterUsername: cluster.masterUsername,
    MasterUserSecret: cluster.managedSecret && {
      SecretArn: cluster.managedSecret.arn,
      SecretStatus: cluster.status === 'creating' ? 'creating' : 'active',
      KmsKeyId: cluster.managedSecret.kmsKeyId,
    },
    DatabaseName: cluster.databaseName,
    ...storageView(cluster),
    ...networkView(world, cluster),
    ...backupView(cluster, now),
    DBClusterParameterGroup: cluster.parameterGroup,
    DBClusterMembers: memberViews(world, cluster),
    MultiAZ: membersOf(world, cluster).length > 1,
    ReadReplicaIdentifiers: [],
    AssociatedRoles: [],
    DomainMemberships: [],
    IAMDatabaseAuthenticationEnabled: cluster.iamAuthentication,
    HttpEndpointEnabled: cluster.httpEndpoint,
    ActivityStreamStatus: 'stopped',
    AutoMinorVersionUpgrade: true,
    DeletionProtection: cluster.deletionProtection,
    CopyTagsToSnapshot: cluster.copyTagsToSnapshot,
    CrossAccountClone: false,
    CloneGroupId: cluster.cloneGroupId,
    EnabledCloudwatchLogsExports: [...cluster.logExports],
    PendingModifiedValues: pendingView(cluster.pending),
    AutomaticRestartTime: cluster.automaticRestartAt,
    ServerlessV2ScalingConfiguration: cluster.scaling && {
      MinCapacity: cluster.scaling.minimumCapacity,
      MaxCapacity: cluster.scaling.maximumCapacity,
      SecondsUntilAutoPause: cluster.scaling.secondsUntilAutoPause,
    },
    EngineLifecycleSupport: 'open-source-rds-extended-support',
    TagList: tagListOf(cluster.tags),
  };
}

function storageView(cluster: Cluster): DBCluster {
  return {
    AllocatedStorage: 1,
    StorageType: 'aurora',
    StorageEncrypted: cluster.storageEncrypted,
    KmsKeyId: cluster.kmsKeyId,
  };
}

function networkView(world: World, cluster: Cluster): DBCluster {
  const subnetIds = world.rds.subnetGroups.get(cluster.subnetGroup)?.subnetIds ?? [];
  const zones = subnetIds.flatMap((id) => world.ec2.subnets.get(id)?.availabilityZone ?? []);
  return {
    AvailabilityZones: [...new Set(zones)],
    DBSubnetGroup: cluster.subnetGroup,
    NetworkType: 'IPV4',
    VpcSecurityGroups: cluster.securityGroupIds.map((id) => ({ VpcSecurityGroupId: id, Status: 'active' })),
  };
}

function backupView(cluster: Cluster, now: Date): DBCluster {
  return {
    BackupRetentionPeriod: cluster.backupRetentionDays,
    PreferredBackupWindow: cluster.backupWindow,
    PreferredMaintenanceWindow: cluster.maintenanceWindow,
    EarliestRestorableTime: cluster.createdAt,
    LatestRestorableTime: now,
  };
}

function memberViews(world: World, cluster: Cluster): NonNullable<DBCluster['DBClusterMembers']> {
  return membersOf(world, cluster).map((instance) => ({
    DBInstanceIdentifier: instance.id,
    IsClusterWriter: instance.isWriter,
    DBClusterParameterGroupStatus: 'in-sync',
    PromotionTier: instance.promotionTier,
  }));
}

/** Absent, not empty, when nothing is pending: whoever waits for a modification waits for that. */
function pendingView(pending: PendingModification): DBCluster['PendingModifiedValues'] {
  const view = {
    ...(pending.masterPassword === undefined ? {} : { MasterUserPassword: '****' }),
    ...(pending.engineVersion === undefined ? {} : { EngineVersion: pending.engineVersion }),
  };
  return Object.keys(view).length > 0 ? view : undefined;
}
