import type { DeleteDBClusterMessage, DeleteDBClusterResult } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { requireState } from './cluster-state.ts';
import { beginDeletingCluster } from './cluster-transitions.ts';
import { clusterView } from './cluster-view.ts';
import { clusterNamed, membersOf } from './lookup.ts';
import { newSnapshotIdentifier, takeSnapshot } from './new-snapshot.ts';
import type { Cluster } from './state.ts';

/**
 * Allowed once every instance is at least being deleted; the cluster goes after the last of them. The answer shows the
 * status from before, `available`, as AWS's does. Its clones live on.
 */
export function deleteCluster(world: World, input: DeleteDBClusterMessage): DeleteDBClusterResult {
  const cluster = clusterNamed(world, input.DBClusterIdentifier ?? '');
  checkSnapshotChoice(input);
  checkDeletable(world, cluster);
  if (input.FinalDBSnapshotIdentifier !== undefined) {
    takeSnapshot(world, cluster, {
      id: newSnapshotIdentifier(world, 'FinalDBSnapshotIdentifier', input.FinalDBSnapshotIdentifier),
      tags: {},
    });
  }
  const answer = { DBCluster: clusterView(world, cluster) };
  beginDeletingCluster(world, cluster);
  return answer;
}

function checkSnapshotChoice({
  SkipFinalSnapshot: skip = false,
  FinalDBSnapshotIdentifier: name,
}: DeleteDBClusterMessage): void {
  if (skip && name !== undefined) {
    throw new Refusal(
      'InvalidParameterCombination',
      'FinalDBSnapshotIdentifier cannot be specified when deleting a cluster with SkipFinalSnapshot.',
    );
  }
  if (!skip && name === undefined) {
    throw new Refusal(
      'InvalidParameterCombination',
      'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
    );
  }
}

function checkDeletable(world: World, cluster: Cluster): void {
  if (cluster.deletionProtection) {
    throw new Refusal(
      'InvalidParameterCombination',
      'Cannot delete protected Cluster, please disable deletion protection and try again.',
    );
  }
  requireState(cluster, ['available', 'cloning-failed']);
  if (membersOf(world, cluster).some(({ status }) => status !== 'deleting')) {
    throw new Refusal(
      'InvalidDBClusterStateFault',
      'Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
    );
  }
}
