import type { CreateDBInstanceMessage, CreateDBInstanceResult } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { rdsArn } from './identifiers.ts';
import { postgresParameterGroup } from './instance-parameter-groups.ts';
import { keepMasterPassword } from './managed-password.ts';
import { checkMasterPassword, checkWhoKeepsPassword } from './master-password.ts';
import { networkOf, subnetGroupNamed } from './network.ts';
import { checkPort } from './new-cluster.ts';
import { newInstanceIdentifier } from './new-instance.ts';
import {
  checkCertificateAuthority,
  checkDatabaseName,
  checkedStorage,
  checkInstanceClass,
  checkMasterUsername,
  checkMaxStorage,
  checkRetention,
} from './plain-instance-rules.ts';
import { beginCreating } from './plain-instance-transitions.ts';
import { plainInstanceView } from './plain-instance-view.ts';
import { postgresVersion } from './postgres-engine.ts';
import type { PlainInstance } from './state.ts';
import { tagsIn } from './tag-rules.ts';

export const LONGEST_PASSWORD = 128;
const POSTGRES_PORT = 5432;

/** A DB instance of PostgreSQL outside any cluster; the local cloud has no other engine there. */
export function createPlainInstance(world: World, input: CreateDBInstanceMessage): CreateDBInstanceResult {
  const id = newInstanceIdentifier(world, input.DBInstanceIdentifier);
  refuseOtherEngines(input);
  const engineVersion = postgresVersion(input.EngineVersion);
  const { DBSubnetGroupName: subnetGroup, VpcSecurityGroupIds: securityGroupIds } = input;
  const network = networkOf(world, { subnetGroup, securityGroupIds });
  const instance: PlainInstance = {
    id,
    arn: rdsArn(world, 'db', id),
    resourceId: `db-${world.uniqueHex(26).toUpperCase()}`,
    createdAt: world.clock.now(),
    engine: 'postgres',
    engineVersion,
    status: 'creating',
    instanceClass: checkInstanceClass(input.DBInstanceClass ?? ''),
    ...network,
    availabilityZone: zoneIn(world, input, network.subnetGroup),
    isMultiAz: input.MultiAZ ?? false,
    ...masterOf(world, input),
    ...storageIn(input),
    databaseName: checkDatabaseName(input.DBName),
    parameterGroup: postgresParameterGroup(world, engineVersion, input.DBParameterGroupName),
    port: checkPort(input.Port ?? POSTGRES_PORT),
    ...switchesIn(input),
    backupRetentionDays: checkRetention(input.BackupRetentionPeriod ?? 1),
    backupWindow: input.PreferredBackupWindow ?? '03:00-03:30',
    maintenanceWindow: input.PreferredMaintenanceWindow ?? 'sun:04:00-sun:04:30',
    certificateAuthority: checkCertificateAuthority(input.CACertificateIdentifier),
    logExports: input.EnableCloudwatchLogsExports ?? [],
    managedSecret: undefined,
    pending: {},
    tags: tagsIn(input.Tags),
    cancelTransition: () => undefined,
  };
  if (input.ManageMasterUserPassword) {
    const kmsKeyId = input.MasterUserSecretKmsKeyId;
    instance.managedSecret = keepMasterPassword(world, instance, { kind: 'db', kmsKeyId });
  }
  world.rds.plainInstances.set(id, instance);
  world.tagIndex.put(instance.arn, instance.tags);
  beginCreating(world, instance);
  return { DBInstance: plainInstanceView(world, instance) };
}

function refuseOtherEngines({ Engine: engine = '', MonitoringInterval = 0 }: CreateDBInstanceMessage): void {
  if (engine !== 'postgres') {
    throw new Refusal(
      'InvalidParameterValue',
      `The local cloud makes DB instances of ${engine} in Aurora DB clusters only, or not at all.`,
    );
  }
  if (MonitoringInterval !== 0) {
    throw new Refusal('InvalidParameterValue', 'The local cloud has no enhanced monitoring.');
  }
}

function zoneIn(world: World, { AvailabilityZone: asked, MultiAZ }: CreateDBInstanceMessage, group: string): string {
  const zones = subnetGroupNamed(world, group).subnetIds.flatMap(
    (id) => world.ec2.subnets.get(id)?.availabilityZone ?? [],
  );
  if (asked !== undefined && MultiAZ) {
    throw new Refusal(
      'InvalidParameterCombination',
      'Requesting a specific availability zone is not valid for Multi-AZ instances.',
    );
  }
  if (asked !== undefined && !zones.includes(asked)) {
    throw new Refusal(
      'InvalidVPCNetworkStateFault',
      `The DB subnet group does not cover the Availability Zone ${asked}.`,
    );
  }
  return asked ?? zones[0] ?? '';
}

function masterOf(world: World, input: CreateDBInstanceMessage): { masterUsername: string; masterPassword: string } {
  checkWhoKeepsPassword(input);
  const masterUsername = checkMasterUsername(input.MasterUsername);
  const masterPassword = input.ManageMasterUserPassword ? world.uniqueHex(32) : input.MasterUserPassword;
  if (masterPassword === undefined) {
    throw new Refusal(
      'InvalidParameterValue',
      'The parameter MasterUserPassword must be provided and must not be blank.',
    );
  }
  checkMasterPassword(masterPassword, { longest: LONGEST_PASSWORD });
  return { masterUsername, masterPassword };
}

function storageIn(input: CreateDBInstanceMessage) {
  if (input.AllocatedStorage === undefined) {
    throw new Refusal(
      'InvalidParameterValue',
      'The parameter AllocatedStorage must be provided and must not be blank.',
    );
  }
  const storage = checkedStorage({
    allocatedStorage: input.AllocatedStorage,
    // "io1, if the Iops parameter is specified. Otherwise, gp3." (API reference, CreateDBInstance)
    storageType: input.StorageType ?? (input.Iops === undefined ? 'gp3' : 'io1'),
    iops: input.Iops,
    storageThroughput: input.StorageThroughput,
  });
  const { StorageEncrypted: storageEncrypted = false, KmsKeyId: kmsKeyId } = input;
  return {
    ...storage,
    maxAllocatedStorage: checkMaxStorage(input.MaxAllocatedStorage, storage),
    storageEncrypted,
    kmsKeyId,
  };
}

function switchesIn(input: CreateDBInstanceMessage) {
  return {
    publiclyAccessible: input.PubliclyAccessible ?? false,
    autoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? true,
    copyTagsToSnapshot: input.CopyTagsToSnapshot ?? false,
    deletionProtection: input.DeletionProtection ?? false,
    iamAuthentication: input.EnableIAMDatabaseAuthentication ?? false,
    performanceInsights: input.EnablePerformanceInsights ?? false,
  };
}
