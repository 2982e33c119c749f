import type { Tags } from '../tag-index.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { newIdentifier, rdsArn } from './identifiers.ts';
import type { ClusterSnapshot } from './snapshot-state.ts';
import type { Cluster } from './state.ts';
import { makeVolume } from './volume-changes.ts';

/** The identifier of a manual snapshot about to be made. Throws for an illegal name, one that is taken and a full quota. */
export function newSnapshotIdentifier({ rds, accountId }: World, parameter: string, asked: string): string {
  const id = newIdentifier(parameter, asked);
  if (rds.snapshots.has(id)) {
    throw new Refusal(
      'DBClusterSnapshotAlreadyExistsFault',
      `Cannot create the DB cluster snapshot because one with the identifier ${id} already exists.`,
    );
  }
  const mine = [...rds.snapshots.values()].filter((held) => held.type === 'manual' && held.accountId === accountId);
  const { manualSnapshots } = rds.quotas;
  if (mine.length >= manualSnapshots) {
    throw new Refusal(
      'SnapshotQuotaExceededFault',
      `Cannot create more than ${manualSnapshots} manual DB cluster snapshots`,
    );
  }
  return id;
}

/** Takes a manual snapshot of the cluster as it is now. With CopyTagsToSnapshot it has the cluster's tags too. */
export function takeSnapshot(
  world: World,
  cluster: Cluster,
  { id, tags }: { id: string; tags: Tags },
): ClusterSnapshot {
  const snapshot = snapshotOf(world, cluster, {
    id,
    arn: rdsArn(world, 'cluster-snapshot', id),
    accountId: world.accountId,
    type: 'manual',
    sharedWith: [],
    tags: cluster.copyTagsToSnapshot ? { ...cluster.tags, ...tags } : tags,
  });
  addSnapshot(world, snapshot, { seconds: world.durations.snapshotCreated, from: cluster.resourceId });
  return snapshot;
}

type Named = Pick<ClusterSnapshot, 'id' | 'arn' | 'accountId' | 'type' | 'sharedWith' | 'tags'>;

/** A snapshot of this cluster that is `creating`; nobody knows of it yet. */
export function snapshotOf(world: World, cluster: Cluster, named: Named): ClusterSnapshot {
  const group = world.rds.subnetGroups.get(cluster.subnetGroup);
  const zones = (group?.subnetIds ?? []).flatMap((id) => world.ec2.subnets.get(id)?.availabilityZone ?? []);
  return {
    ...named,
    engine: cluster.engine,
    engineVersion: cluster.engineVersion,
    masterUsername: cluster.masterUsername,
    masterPassword: cluster.masterPassword,
    databaseName: cluster.databaseName,
    storageEncrypted: cluster.storageEncrypted,
    kmsKeyId: cluster.kmsKeyId,
    port: cluster.port,
    iamAuthentication: cluster.iamAuthentication,
    backupRetentionDays: cluster.backupRetentionDays,
    backupWindow: cluster.backupWindow,
    maintenanceWindow: cluster.maintenanceWindow,
    clusterId: cluster.id,
    clusterResourceId: cluster.resourceId,
    clusterCreatedAt: cluster.createdAt,
    createdAt: world.clock.now(),
    vpcId: group?.vpcId ?? '',
    availabilityZones: [...new Set(zones)],
    copiedFromArn: undefined,
    volumeId: `snapshot-${world.uniqueHex(26)}`,
    status: 'creating',
  };
}

/** Puts a snapshot into the world, and makes it available once the time is over and its data is whole. */
export function addSnapshot(
  world: World,
  snapshot: ClusterSnapshot,
  { seconds, from }: { seconds: number; from: string | undefined },
): void {
  const isOwn = snapshot.accountId === world.accountId;
  world.rds.snapshots.set(isOwn ? snapshot.id : snapshot.arn, snapshot);
  if (isOwn) {
    world.tagIndex.put(snapshot.arn, snapshot.tags);
  }
  const whenWhole = makeVolume(world, snapshot.volumeId, from);
  const settle = (status: 'available' | 'failed') => () => {
    snapshot.status = status;
  };
  const due = (): void => whenWhole({ done: settle('available'), failed: settle('failed') });
  if (seconds === 0) {
    due();
  } else {
    world.clock.after(seconds, due);
  }
}
