import type { ModifyDBInstanceMessage } from '@aws-sdk/client-rds';
import type { World } from '../world.ts';
import { postgresParameterGroup } from './instance-parameter-groups.ts';
import { securityGroupsIn, subnetGroupNamed } from './network.ts';
import { checkCertificateAuthority, checkMaxStorage } from './plain-instance-rules.ts';
import type { PlainInstance } from './state.ts';

/** What changes as soon as possible, checked now. */
export function settingsIn(
  world: World,
  instance: PlainInstance,
  input: ModifyDBInstanceMessage,
): Partial<PlainInstance> {
  const { VpcSecurityGroupIds, DBParameterGroupName, CACertificateIdentifier, MaxAllocatedStorage } = input;
  const group = subnetGroupNamed(world, instance.subnetGroup);
  const { EnableLogTypes = [], DisableLogTypes = [] } = input.CloudwatchLogsExportConfiguration ?? {};
  const backups = input.BackupRetentionPeriod;
  return {
    ...(VpcSecurityGroupIds && { securityGroupIds: securityGroupsIn(world, group, VpcSecurityGroupIds) }),
    ...(DBParameterGroupName !== undefined && {
      parameterGroup: postgresParameterGroup(world, instance.engineVersion, DBParameterGroupName),
    }),
    ...(CACertificateIdentifier !== undefined && {
      certificateAuthority: checkCertificateAuthority(CACertificateIdentifier),
    }),
    ...(MaxAllocatedStorage !== undefined && {
      maxAllocatedStorage: checkMaxStorage(MaxAllocatedStorage, {
        allocatedStorage: input.AllocatedStorage ?? instance.allocatedStorage,
        storageType: instance.storageType,
      }),
    }),
    ...(backups !== undefined && backups > 0 && instance.backupRetentionDays > 0 && { backupRetentionDays: backups }),
    logExports: [...new Set([...instance.logExports, ...EnableLogTypes])].filter(
      (type) => !DisableLogTypes.includes(type),
    ),
    ...switchesAfter(instance, input),
  };
}

function switchesAfter(instance: PlainInstance, input: ModifyDBInstanceMessage): Partial<PlainInstance> {
  return {
    publiclyAccessible: input.PubliclyAccessible ?? instance.publiclyAccessible,
    autoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? instance.autoMinorVersionUpgrade,
    copyTagsToSnapshot: input.CopyTagsToSnapshot ?? instance.copyTagsToSnapshot,
    deletionProtection: input.DeletionProtection ?? instance.deletionProtection,
    iamAuthentication: input.EnableIAMDatabaseAuthentication ?? instance.iamAuthentication,
    performanceInsights: input.EnablePerformanceInsights ?? instance.performanceInsights,
    backupWindow: input.PreferredBackupWindow ?? instance.backupWindow,
    maintenanceWindow: input.PreferredMaintenanceWindow ?? instance.maintenanceWindow,
  };
}
