import type { RestoreDBClusterFromSnapshotMessage, RestoreDBClusterFromSnapshotResult } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { becomeAvailableAfter } from './cluster-transitions.ts';
import { clusterView } from './cluster-view.ts';
import { checkEngineMode, engineNamed } from './engines.ts';
import { networkOf } from './network.ts';
import { addCluster, checkBackupRetention, checkPort, newClusterIdentifier, switchesOf } from './new-cluster.ts';
import { parameterGroupFor } from './parameter-groups.ts';
import { scalingOf } from './scaling-configuration.ts';
import { requireAvailable, snapshotNamed } from './snapshot-lookup.ts';
import type { ClusterSnapshot } from './snapshot-state.ts';
import { tagsIn } from './tag-rules.ts';

/**
 * A new cluster with a snapshot's data, without instances, and in nobody's clone group. The master user and its
 * password, the database, the port and the windows are the original's; security groups, parameter group, switches and
 * tags are not.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html
 */
export function restoreFromSnapshot(
  world: World,
  input: RestoreDBClusterFromSnapshotMessage,
): RestoreDBClusterFromSnapshotResult {
  const id = newClusterIdentifier(world, input.DBClusterIdentifier);
  const snapshot = snapshotNamed(world, input.SnapshotIdentifier ?? '');
  requireAvailable(snapshot);
  refuseWhatIsForOthers(input);
  const { engine, version } = engineOf(input, snapshot);
  const { DBSubnetGroupName: subnetGroup, VpcSecurityGroupIds: securityGroupIds } = input;
  const { masterUsername, masterPassword } = snapshot;
  const cluster = addCluster(world, {
    id,
    engine,
    engineVersion: version,
    masterUsername,
    masterPassword,
    databaseName: input.DatabaseName ?? snapshot.databaseName,
    // A key for a snapshot that is not encrypted encrypts the cluster (Aurora User Guide, restoring from a snapshot).
    storageEncrypted: snapshot.storageEncrypted || input.KmsKeyId !== undefined,
    kmsKeyId: input.KmsKeyId ?? snapshot.kmsKeyId,
    ...networkOf(world, { subnetGroup, securityGroupIds }),
    parameterGroup: parameterGroupFor(world, { engine, version, asked: input.DBClusterParameterGroupName }),
    port: checkPort(input.Port ?? snapshot.port),
    scaling: input.ServerlessV2ScalingConfiguration && scalingOf(input.ServerlessV2ScalingConfiguration),
    isCopyOnWriteClone: false,
    cloneGroupId: undefined,
    ...switchesOf(input),
    httpEndpoint: false,
    backupRetentionDays: checkBackupRetention(input.BackupRetentionPeriod ?? snapshot.backupRetentionDays),
    backupWindow: input.PreferredBackupWindow ?? snapshot.backupWindow,
    maintenanceWindow: snapshot.maintenanceWindow,
    tags: tagsIn(input.Tags),
  });
  becomeAvailableAfter(world, cluster, { seconds: world.durations.snapshotRestored, from: snapshot.volumeId });
  return { DBCluster: clusterView(world, cluster) };
}

/** Members that are valid for Multi-AZ DB clusters, RDS Custom or Serverless v1 alone, and what the local cloud has not. */
function refuseWhatIsForOthers(input: RestoreDBClusterFromSnapshotMessage): void {
  checkEngineMode(input.EngineMode);
  const { StorageType: storage = 'aurora', BacktrackWindow: backtrack = 0, NetworkType: network = 'IPV4' } = input;
  const refused = (['DBClusterInstanceClass', 'Iops', 'ScalingConfiguration', 'Domain'] as const).find(
    (member) => input[member] !== undefined,
  );
  if (refused !== undefined) {
    throw new Refusal('InvalidParameterCombination', `${refused} cannot be given for an Aurora DB cluster.`);
  }
  if (!['aurora', 'aurora-iopt1'].includes(storage)) {
    throw new Refusal('InvalidParameterCombination', `Invalid storage type for an Aurora DB cluster: ${storage}`);
  }
  if (!(backtrack >= 0 && backtrack <= 259_200)) {
    throw new Refusal('InvalidParameterValue', `BacktrackWindow must be between 0 and 259200, not ${backtrack}.`);
  }
  if (!['IPV4', 'DUAL'].includes(network)) {
    throw new Refusal('InvalidParameterValue', `Invalid network type: ${network}`);
  }
}

/**
 * The version is the engine's default unless one is named, and never older than the snapshot's. That it may not be
 * older is known; the codes are assumed.
 */
function engineOf(
  { Engine: engine = '', EngineVersion: asked }: RestoreDBClusterFromSnapshotMessage,
  snapshot: ClusterSnapshot,
): { engine: string; version: string } {
  const { defaultVersion } = engineNamed(engine);
  if (engine !== snapshot.engine) {
    throw new Refusal(
      'InvalidParameterCombination',
      `The engine ${engine} does not match the engine of the snapshot, ${snapshot.engine}.`,
    );
  }
  const version = asked ?? newer(defaultVersion, snapshot.engineVersion);
  if (isOlder(version, snapshot.engineVersion)) {
    throw new Refusal(
      'InvalidParameterCombination',
      `Cannot upgrade ${engine} from ${snapshot.engineVersion} to ${version}`,
    );
  }
  return { engine, version };
}

const isOlder = (one: string, other: string): boolean => one.localeCompare(other, 'en', { numeric: true }) < 0;
const newer = (one: string, other: string): string => (isOlder(one, other) ? other : one);
