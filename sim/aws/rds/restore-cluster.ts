import type { RestoreDBClusterToPointInTimeMessage, RestoreDBClusterToPointInTimeResult } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { canCloneFrom, joinCloneGroup } from './clone-groups.ts';
import { requireState } from './cluster-state.ts';
import { becomeAvailableAfter } from './cluster-transitions.ts';
import { clusterView } from './cluster-view.ts';
import { checkEngineMode } from './engines.ts';
import { clusterNamed, membersOf } from './lookup.ts';
import { networkOf } from './network.ts';
import {
  addCluster,
  checkBackupRetention,
  checkPort,
  type NewCluster,
  newClusterIdentifier,
  switchesOf,
} from './new-cluster.ts';
import { parameterGroupFor } from './parameter-groups.ts';
import { scalingOf } from './scaling-configuration.ts';
import type { Cluster } from './state.ts';
import { tagsIn } from './tag-rules.ts';

/**
 * A new cluster with another's data: a clone that shares its pages (`copy-on-write`), or a full copy, which is also
 * what is made when no type is given and, without a word, when the clone group is full. Data, the master user and its
 * password come from the source; security groups, parameter group and tags do not.
 */
export function restoreCluster(
  world: World,
  input: RestoreDBClusterToPointInTimeMessage,
): RestoreDBClusterToPointInTimeResult {
  const id = newClusterIdentifier(world, input.DBClusterIdentifier);
  const source = sourceOf(world, input);
  const restoreType = checkRestore(input);
  checkEngineMode(input.EngineMode);
  checkSource(world, source, restoreType);
  checkKey(input, source);
  const settings = settingsOf(world, input, source);
  const isCopyOnWriteClone = restoreType === 'copy-on-write' && canCloneFrom(world, source);
  const cloneGroupId = isCopyOnWriteClone ? joinCloneGroup(world, source) : undefined;
  const cluster = addCluster(world, { ...settings, id, isCopyOnWriteClone, cloneGroupId });
  const { cloneClusterAvailable, fullCopyClusterAvailable } = world.durations;
  becomeAvailableAfter(world, cluster, {
    seconds: isCopyOnWriteClone ? cloneClusterAvailable : fullCopyClusterAvailable,
    from: source.resourceId,
  });
  return { DBCluster: clusterView(world, cluster) };
}

function sourceOf(world: World, input: RestoreDBClusterToPointInTimeMessage): Cluster {
  const { SourceDBClusterIdentifier: name, SourceDbClusterResourceId: resourceId } = input;
  const byResource = [...world.rds.clusters.values()].find((cluster) => cluster.resourceId === resourceId);
  if (name === undefined && byResource) {
    return byResource;
  }
  if (name === undefined && resourceId === undefined) {
    throw new Refusal('InvalidParameterCombination', 'The source DB cluster must be specified.');
  }
  return clusterNamed(world, name ?? resourceId ?? '');
}

type RestoreType = 'full-copy' | 'copy-on-write';

function checkRestore({
  RestoreType: type = 'full-copy',
  UseLatestRestorableTime: latest = false,
  RestoreToTime: time,
}: RestoreDBClusterToPointInTimeMessage): RestoreType {
  if (type !== 'full-copy' && type !== 'copy-on-write') {
    throw new Refusal('InvalidParameterValue', `Invalid RestoreType: ${type}. Must be full-copy or copy-on-write.`);
  }
  if (time && (latest || type === 'copy-on-write')) {
    const other = latest ? 'UseLatestRestorableTime' : 'RestoreType copy-on-write';
    throw new Refusal('InvalidParameterCombination', `RestoreToTime cannot be specified together with ${other}.`);
  }
  if (!time && !latest) {
    throw new Refusal(
      'InvalidParameterCombination',
      'RestoreToTime must be specified if UseLatestRestorableTime is not provided.',
    );
  }
  return type;
}

// The sentence on the missing instance is AWS's, and of clones; the code that goes with it is assumed. A full copy is
// made of a cluster without any: Terraform's acceptance tests do it (internal/service/rds/cluster_test.go).
function checkSource(world: World, source: Cluster, type: RestoreType): void {
  requireState(source, ['available', 'modifying', 'backing-up']);
  if (type === 'copy-on-write' && membersOf(world, source).length === 0) {
    throw new Refusal(
      'InvalidDBClusterStateFault',
      "You can't create a clone from an Aurora DB cluster that has no DB instances.",
    );
  }
}

function checkKey({ KmsKeyId }: RestoreDBClusterToPointInTimeMessage, source: Cluster): void {
  if (KmsKeyId !== undefined && !source.storageEncrypted) {
    throw new Refusal(
      'InvalidParameterCombination',
      'KmsKeyId cannot be given: the source DB cluster is not encrypted.',
    );
  }
}

function settingsOf(
  world: World,
  input: RestoreDBClusterToPointInTimeMessage,
  source: Cluster,
): Omit<NewCluster, 'id' | 'isCopyOnWriteClone' | 'cloneGroupId'> {
  const { DBSubnetGroupName: subnetGroup, VpcSecurityGroupIds: securityGroupIds } = input;
  const { engine, engineVersion: version, masterUsername, masterPassword, databaseName, storageEncrypted } = source;
  return {
    engine,
    engineVersion: version,
    masterUsername,
    masterPassword,
    databaseName,
    storageEncrypted,
    kmsKeyId: input.KmsKeyId ?? source.kmsKeyId,
    ...networkOf(world, { subnetGroup, securityGroupIds }),
    parameterGroup: parameterGroupFor(world, { engine, version, asked: input.DBClusterParameterGroupName }),
    port: checkPort(input.Port ?? source.port),
    scaling: input.ServerlessV2ScalingConfiguration && scalingOf(input.ServerlessV2ScalingConfiguration),
    ...switchesOf(input),
    httpEndpoint: false,
    backupRetentionDays: checkBackupRetention(input.BackupRetentionPeriod ?? source.backupRetentionDays),
    backupWindow: input.PreferredBackupWindow ?? source.backupWindow,
    maintenanceWindow: source.maintenanceWindow,
    tags: tagsIn(input.Tags),
  };
}
