import type { CreateDBClusterMessage, CreateDBClusterResult } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { becomeAvailableAfter } from './cluster-transitions.ts';
import { clusterView } from './cluster-view.ts';
import { checkEngineMode, engineNamed } from './engines.ts';
import { keepMasterPassword } from './managed-password.ts';
import { checkMasterPassword, checkWhoKeepsPassword } from './master-password.ts';
import { networkOf } from './network.ts';
import { addCluster, checkBackupRetention, checkPort, newClusterIdentifier, switchesOf } from './new-cluster.ts';
import { parameterGroupFor } from './parameter-groups.ts';
import { scalingOf } from './scaling-configuration.ts';
import { tagsIn } from './tag-rules.ts';

/** A cluster without data or instances. */
export function createCluster(world: World, input: CreateDBClusterMessage): CreateDBClusterResult {
  const id = newClusterIdentifier(world, input.DBClusterIdentifier);
  const { Engine: name = '', DBSubnetGroupName: subnetGroup, VpcSecurityGroupIds: securityGroupIds } = input;
  const engine = engineNamed(name);
  checkEngineMode(input.EngineMode);
  const engineVersion = input.EngineVersion ?? engine.defaultVersion;
  const cluster = addCluster(world, {
    id,
    engine: name,
    engineVersion,
    ...masterOf(world, input),
    ...networkOf(world, { subnetGroup, securityGroupIds }),
    parameterGroup: parameterGroupFor(world, {
      engine: name,
      version: engineVersion,
      asked: input.DBClusterParameterGroupName,
    }),
    port: checkPort(input.Port ?? engine.port),
    scaling: input.ServerlessV2ScalingConfiguration && scalingOf(input.ServerlessV2ScalingConfiguration),
    databaseName: input.DatabaseName,
    storageEncrypted: input.StorageEncrypted ?? false,
    kmsKeyId: input.KmsKeyId,
    isCopyOnWriteClone: false,
    cloneGroupId: undefined,
    ...switchesOf(input),
    httpEndpoint: input.EnableHttpEndpoint ?? false,
    backupRetentionDays: checkBackupRetention(input.BackupRetentionPeriod ?? 1),
    backupWindow: input.PreferredBackupWindow ?? '03:00-03:30',
    maintenanceWindow: input.PreferredMaintenanceWindow ?? 'sun:04:00-sun:04:30',
    tags: tagsIn(input.Tags),
  });
  if (input.ManageMasterUserPassword) {
    cluster.managedSecret = keepMasterPassword(world, cluster, {
      kind: 'cluster',
      kmsKeyId: input.MasterUserSecretKmsKeyId,
    });
  }
  becomeAvailableAfter(world, cluster, { seconds: world.durations.newClusterAvailable });
  return { DBCluster: clusterView(world, cluster) };
}

function masterOf(world: World, input: CreateDBClusterMessage): { masterUsername: string; masterPassword: string } {
  checkWhoKeepsPassword(input);
  const { MasterUsername: masterUsername, ManageMasterUserPassword: isManaged } = input;
  const masterPassword = isManaged ? world.uniqueHex(32) : input.MasterUserPassword;
  if (masterUsername === undefined || masterPassword === undefined) {
    const missing = masterUsername === undefined ? 'MasterUsername' : 'MasterUserPassword';
    throw new Refusal('InvalidParameterValue', `The parameter ${missing} must be provided and must not be blank.`);
  }
  if (!/^[a-z]\w{0,15}$/i.test(masterUsername)) {
    throw new Refusal('InvalidParameterValue', `The parameter MasterUsername is not valid: ${masterUsername}`);
  }
  checkMasterPassword(masterPassword);
  return { masterUsername, masterPassword };
}
