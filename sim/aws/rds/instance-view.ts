import type { DBInstance } from '@aws-sdk/client-rds';
import type { World } from '../world.ts';
import { instanceEndpoint } from './endpoints.ts';
import { clusterNamed } from './lookup.ts';
import { subnetGroupNamed } from './network.ts';
import type { Cluster, Instance } from './state.ts';
import { subnetGroupShape } from './subnet-groups.ts';
import { tagListOf } from './tag-rules.ts';

/** An instance as RDS describes it; much of it is its cluster's. It has no endpoint before it is there. */
export function instanceView(world: World, instance: Instance): DBInstance {
  const cluster = clusterNamed(world, instance.clusterId);
  return {
    DBInstanceIdentifier: instance.id,
    DBInstanceArn: instance.arn,
    DbiResourceId: instance.resourceId,
    DBInstanceClass: instance.instanceClass,
    DBInstanceStatus: instance.status,
    DBClusterIdentifier: instance.clusterId,
    InstanceCreateTime: instance.status === 'creating' ? undefined : instance.createdAt,
    AvailabilityZone: instance.availabilityZone,
    PromotionTier: instance.promotionTier,
    PubliclyAccessible: instance.publiclyAccessible,
    AutoMinorVersionUpgrade: instance.autoMinorVersionUpgrade,
    CopyTagsToSnapshot: instance.copyTagsToSnapshot,
    PreferredMaintenanceWindow: instance.maintenanceWindow,
    ...clusterPart(world, cluster),
    ...(instance.status === 'creating'
      ? {}
      : {
          Endpoint: { Address: instanceEndpoint(world, instance), Port: cluster.port, HostedZoneId: 'Z29XKXDKYMONMX' },
        }),
    DBParameterGroups: [{ DBParameterGroupName: instance.parameterGroup, ParameterApplyStatus: 'in-sync' }],
    DBSecurityGroups: [],
    OptionGroupMemberships: [],
    ReadReplicaDBInstanceIdentifiers: [],
    DomainMemberships: [],
    PendingModifiedValues: {},
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    MonitoringInterval: 0,
    PerformanceInsightsEnabled: false,
    DbInstancePort: 0,
    MultiAZ: false,
    TagList: tagListOf(instance.tags),
  };
}

function clusterPart(world: World, cluster: Cluster): DBInstance {
  return {
    Engine: cluster.engine,
    EngineVersion: cluster.engineVersion,
    MasterUsername: cluster.masterUsername,
    DBName: cluster.databaseName,
    AllocatedStorage: 1,
    StorageType: 'aurora',
    StorageEncrypted: cluster.storageEncrypted,
    KmsKeyId: cluster.kmsKeyId,
    BackupRetentionPeriod: cluster.backupRetentionDays,
    PreferredBackupWindow: cluster.backupWindow,
    DeletionProtection: false,
    IAMDatabaseAuthenticationEnabled: cluster.iamAuthentication,
    EnabledCloudwatchLogsExports: [...cluster.logExports],
    LicenseModel: cluster.engine === 'aurora-mysql' ? 'general-public-license' : 'postgresql-license',
    NetworkType: 'IPV4',
    VpcSecurityGroups: cluster.securityGroupIds.map((id) => ({ VpcSecurityGroupId: id, Status: 'active' })),
    DBSubnetGroup: subnetGroupShape(world, subnetGroupNamed(world, cluster.subnetGroup)),
  };
}
