import type { World } from '../world.ts';
import { finishDeletingCluster } from './cluster-transitions.ts';
import type { Instance } from './state.ts';

/*
 * creating -> available; available -> modifying -> available; any of them -> deleting -> gone. Stopping and starting
 * come from the cluster.
 */

function later(world: World, instance: Instance, { seconds, action }: { seconds: number; action: () => void }): void {
  instance.cancelTransition();
  instance.cancelTransition = world.clock.after(seconds, action);
}

export function beginCreatingInstance(world: World, instance: Instance): void {
  const created = (): void => {
    instance.status = 'available';
    settleWriter(world, instance.clusterId);
  };
  later(world, instance, { seconds: world.durations.instanceAvailable, action: created });
}

/** As a cluster's, the modification shows only after a moment. */
export function modifyInstanceLater(world: World, instance: Instance, apply: () => void): void {
  const { modifyLag, clusterModified } = world.durations;
  const finish = (): void => {
    instance.status = 'available';
    apply();
  };
  const begin = (): void => {
    instance.status = 'modifying';
    later(world, instance, { seconds: clusterModified, action: finish });
  };
  later(world, instance, { seconds: modifyLag, action: begin });
}

export function beginDeletingInstance(world: World, instance: Instance): void {
  const { instances, clusters } = world.rds;
  instance.status = 'deleting';
  settleWriter(world, instance.clusterId);
  const gone = (): void => {
    instances.delete(instance.id);
    world.tagIndex.remove(instance.arn);
    const cluster = clusters.get(instance.clusterId);
    if (cluster) {
      finishDeletingCluster(world, cluster);
    }
  };
  later(world, instance, { seconds: world.durations.instanceDeleted, action: gone });
}

/** A cluster whose writer goes away is written by the instance of the lowest promotion tier, as soon as one is up. */
function settleWriter({ rds }: World, clusterId: string): void {
  const members = [...rds.instances.values()].filter((instance) => instance.clusterId === clusterId);
  if (members.some(({ isWriter, status }) => isWriter && status !== 'deleting')) {
    return;
  }
  const candidates = members.filter(({ status }) => status === 'available');
  const [next] = candidates.toSorted((one, other) => one.promotionTier - other.promotionTier);
  if (next) {
    for (const member of members) {
      member.isWriter = member === next;
    }
  }
}
