import type {
  StartDBClusterMessage,
  StartDBClusterResult,
  StopDBClusterMessage,
  StopDBClusterResult,
} from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { startCluster, stopCluster } from './cluster-transitions.ts';
import { clusterView } from './cluster-view.ts';
import { clusterNamed, membersOf } from './lookup.ts';
import type { Cluster } from './state.ts';

function requireStatus({ id, status }: Cluster, expected: string): void {
  if (status !== expected) {
    throw new Refusal(
      'InvalidDBClusterStateFault',
      `DbCluster ${id} is in ${status} state but expected it to be one of ${expected}.`,
    );
  }
}

/**
 * An instance that is on its way somewhere keeps its cluster from stopping. The fault is in the operation's model; that
 * every status but `available` raises it is assumed.
 */
function requireSettledMembers(world: World, cluster: Cluster): void {
  const unsettled = membersOf(world, cluster).find(({ status }) => status !== 'available');
  if (unsettled) {
    throw new Refusal(
      'InvalidDBInstanceStateFault',
      `Instance ${unsettled.id} is in ${unsettled.status} state but expected it to be one of available.`,
    );
  }
}

/** For at most seven days: then AWS starts it again. */
export function stop(world: World, { DBClusterIdentifier = '' }: StopDBClusterMessage): StopDBClusterResult {
  const cluster = clusterNamed(world, DBClusterIdentifier);
  requireStatus(cluster, 'available');
  requireSettledMembers(world, cluster);
  stopCluster(world, cluster);
  return { DBCluster: clusterView(world, cluster) };
}

export function start(world: World, { DBClusterIdentifier = '' }: StartDBClusterMessage): StartDBClusterResult {
  const cluster = clusterNamed(world, DBClusterIdentifier);
  requireStatus(cluster, 'stopped');
  startCluster(world, cluster);
  return { DBCluster: clusterView(world, cluster) };
}
