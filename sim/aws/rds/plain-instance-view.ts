import type { DBInstance } from '@aws-sdk/client-rds';
import type { World } from '../world.ts';
import { instanceEndpoint } from './endpoints.ts';
import { subnetGroupNamed } from './network.ts';
import type { PendingInstanceChange, PlainInstance } from './state.ts';
import { subnetGroupShape } from './subnet-groups.ts';
import { tagListOf } from './tag-rules.ts';

/** When the certificates end that RDS issues now. */
const CERTIFICATE_YEARS = 1;

/** An instance outside clusters as RDS describes it. It has no endpoint before it is there. */
export function plainInstanceView(world: World, instance: PlainInstance): DBInstance {
  const isThere = instance.status !== 'creating';
  return {
    DBInstanceIdentifier: instance.id,
    DBInstanceArn: instance.arn,
    DbiResourceId: instance.resourceId,
    DBInstanceClass: instance.instanceClass,
    DBInstanceStatus: instance.status,
    Engine: instance.engine,
    EngineVersion: instance.engineVersion,
    EngineLifecycleSupport: 'open-source-rds-extended-support',
    LicenseModel: 'postgresql-license',
    DBName: instance.databaseName,
    ...masterView(instance),
    ...storageView(instance),
    ...networkView(world, instance),
    ...(isThere && {
      InstanceCreateTime: instance.createdAt,
      Endpoint: { Address: instanceEndpoint(world, instance), Port: instance.port, HostedZoneId: 'Z29XKXDKYMONMX' },
    }),
    ...backupView(world, instance),
    AutoMinorVersionUpgrade: instance.autoMinorVersionUpgrade,
    DeletionProtection: instance.deletionProtection,
    IAMDatabaseAuthenticationEnabled: instance.iamAuthentication,
    PerformanceInsightsEnabled: instance.performanceInsights,
    MonitoringInterval: 0,
    EnabledCloudwatchLogsExports: [...instance.logExports],
    DBParameterGroups: [{ DBParameterGroupName: instance.parameterGroup, ParameterApplyStatus: 'in-sync' }],
    OptionGroupMemberships: [
      { OptionGroupName: `default:postgres-${instance.engineVersion.split('.')[0]}`, Status: 'in-sync' },
    ],
    ...certificateView(world, instance),
    DBSecurityGroups: [],
    ReadReplicaDBInstanceIdentifiers: [],
    DomainMemberships: [],
    AssociatedRoles: [],
    DbInstancePort: 0,
    CustomerOwnedIpEnabled: false,
    DedicatedLogVolume: false,
    ActivityStreamStatus: 'stopped',
    PendingModifiedValues: pendingView(instance.pending),
    TagList: tagListOf(instance.tags),
  };
}

function masterView({ masterUsername, managedSecret, status }: PlainInstance): DBInstance {
  return {
    MasterUsername: masterUsername,
    MasterUserSecret: managedSecret && {
      SecretArn: managedSecret.arn,
      SecretStatus: status === 'creating' ? 'creating' : 'active',
      KmsKeyId: managedSecret.kmsKeyId,
    },
  };
}

function storageView(instance: PlainInstance): DBInstance {
  return {
    AllocatedStorage: instance.allocatedStorage,
    MaxAllocatedStorage: instance.maxAllocatedStorage,
    StorageType: instance.storageType,
    Iops: instance.iops,
    StorageThroughput: instance.storageThroughput,
    StorageEncrypted: instance.storageEncrypted,
    KmsKeyId: instance.kmsKeyId,
  };
}

function networkView(world: World, instance: PlainInstance): DBInstance {
  return {
    AvailabilityZone: instance.availabilityZone,
    MultiAZ: instance.isMultiAz,
    PubliclyAccessible: instance.publiclyAccessible,
    NetworkType: 'IPV4',
    VpcSecurityGroups: instance.securityGroupIds.map((id) => ({ VpcSecurityGroupId: id, Status: 'active' })),
    DBSubnetGroup: subnetGroupShape(world, subnetGroupNamed(world, instance.subnetGroup)),
  };
}

function backupView(world: World, instance: PlainInstance): DBInstance {
  const hasBackup = instance.backupRetentionDays > 0 && !['creating', 'backing-up'].includes(instance.status);
  return {
    BackupRetentionPeriod: instance.backupRetentionDays,
    PreferredBackupWindow: instance.backupWindow,
    PreferredMaintenanceWindow: instance.maintenanceWindow,
    CopyTagsToSnapshot: instance.copyTagsToSnapshot,
    BackupTarget: 'region',
    ...(hasBackup && { LatestRestorableTime: world.clock.now() }),
  };
}

function certificateView({ clock }: World, { certificateAuthority }: PlainInstance): DBInstance {
  const validTill = clock.now();
  validTill.setUTCFullYear(validTill.getUTCFullYear() + CERTIFICATE_YEARS);
  return {
    CACertificateIdentifier: certificateAuthority,
    CertificateDetails: { CAIdentifier: certificateAuthority, ValidTill: validTill },
  };
}

function pendingView(pending: PendingInstanceChange): DBInstance['PendingModifiedValues'] {
  return {
    DBInstanceClass: pending.instanceClass,
    AllocatedStorage: pending.allocatedStorage,
    StorageType: pending.storageType,
    Iops: pending.iops,
    StorageThroughput: pending.storageThroughput,
    EngineVersion: pending.engineVersion,
    MultiAZ: pending.isMultiAz,
    BackupRetentionPeriod: pending.backupRetentionDays,
    Port: pending.port,
  };
}
