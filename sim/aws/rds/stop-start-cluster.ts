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
import { clusterNamed } from './lookup.ts';
import type { Cluster } from './state.ts';

function requireStatus({ id, status }: Cluster, expected: string): void {
  if (status !== expected) {
    throw new Refusal(
      'InvalidDBClusterStateFault',
      `DbCluster ${id} is in ${status} state but expected it to be one of ${expected}.`,
    );
  }
}

/** For at most seven days: then AWS starts it again. */
export function stop(world: World, { DBClusterIdentifier = '' }: StopDBClusterMessage): StopDBClusterResult {
  const cluster = clusterNamed(world, DBClusterIdentifier);
  requireStatus(cluster, 'available');
  stopCluster(world, cluster);
  return { DBCluster: clusterView(world, cluster) };
}

export function start(world: World, { DBClusterIdentifier = '' }: StartDBClusterMessage): StartDBClusterResult {
  const cluster = clusterNamed(world, DBClusterIdentifier);
  requireStatus(cluster, 'stopped');
  startCluster(world, cluster);
  return { DBCluster: clusterView(world, cluster) };
}
