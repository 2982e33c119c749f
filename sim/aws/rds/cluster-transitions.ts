import type { World } from '../world.ts';
import { membersOf } from './lookup.ts';
import { forgetMasterPassword } from './managed-password.ts';
import type { Cluster } from './state.ts';
import { makeClusterVolume, removeVolume, tellMaster } from './volume-changes.ts';

/*
 * A cluster's states and what moves it between them. At most one thing is under way at a time; whatever takes its
 * place calls it off.
 *
 *   creating  -> available                                             CreateDBCluster, RestoreDBCluster...
 *   available -> modifying | resetting-master-credentials -> available ModifyDBCluster, after a moment of `available`
 *   available -> stopping -> stopped -> starting -> available          Stop, Start, or seven days stopped
 *   available -> deleting -> gone                                      DeleteDBCluster, once the last instance is gone
 */

const NOTHING = (): void => undefined;
const SEVEN_DAYS_SECONDS = 7 * 24 * 3600;

function later(world: World, cluster: Cluster, { seconds, action }: { seconds: number; action: () => void }): void {
  cluster.cancelTransition();
  cluster.cancelTransition = world.clock.after(seconds, () => {
    cluster.cancelTransition = NOTHING;
    action();
  });
}

/**
 * Fills the new cluster with the data of the volume `from`, none where there is no such, and makes it available once
 * the time is over and the data is whole. Data that cannot be had is a clone's failure: AWS documents no status for a
 * restore's.
 */
export function becomeAvailableAfter(
  world: World,
  cluster: Cluster,
  { seconds, from }: { seconds: number; from?: string },
): void {
  const whenWhole = makeClusterVolume(world, cluster, from);
  const settle = (status: string) => () => {
    cluster.status = status;
  };
  later(world, cluster, {
    seconds,
    action: () => whenWhole({ done: settle('available'), failed: settle('cloning-failed') }),
  });
}

/** The status shows the modification only after a moment; `apply` runs when it is done. */
export function modifyCluster(
  world: World,
  cluster: Cluster,
  { status, apply }: { status: 'modifying' | 'resetting-master-credentials'; apply: () => void },
): void {
  const { modifyLag, clusterModified } = world.durations;
  const available = (): void => {
    cluster.status = 'available';
  };
  const finish = (): void => {
    const { masterPassword } = cluster;
    apply();
    if (cluster.masterPassword === masterPassword) {
      available();
    } else {
      tellMaster(world, cluster)({ done: available, failed: available });
    }
  };
  const begin = (): void => {
    cluster.status = status;
    later(world, cluster, { seconds: clusterModified, action: finish });
  };
  later(world, cluster, { seconds: modifyLag, action: begin });
}

function setMembers(world: World, cluster: Cluster, status: string): void {
  for (const instance of membersOf(world, cluster)) {
    instance.cancelTransition();
    instance.status = status;
  }
}

export function stopCluster(world: World, cluster: Cluster): void {
  cluster.status = 'stopping';
  setMembers(world, cluster, 'stopping');
  const stopped = (): void => {
    cluster.status = 'stopped';
    setMembers(world, cluster, 'stopped');
    cluster.automaticRestartAt = new Date(world.clock.now().getTime() + SEVEN_DAYS_SECONDS * 1000);
    later(world, cluster, { seconds: SEVEN_DAYS_SECONDS, action: () => startCluster(world, cluster) });
  };
  later(world, cluster, { seconds: world.durations.clusterStopped, action: stopped });
}

export function startCluster(world: World, cluster: Cluster): void {
  cluster.status = 'starting';
  cluster.automaticRestartAt = undefined;
  setMembers(world, cluster, 'starting');
  const started = (): void => {
    cluster.status = 'available';
    setMembers(world, cluster, 'available');
  };
  later(world, cluster, { seconds: world.durations.clusterStarted, action: started });
}

export function beginDeletingCluster(world: World, cluster: Cluster): void {
  cluster.cancelTransition();
  cluster.status = 'deleting';
  finishDeletingCluster(world, cluster);
}

/** Called again whenever one of its instances is gone: the cluster follows the last of them. */
export function finishDeletingCluster(world: World, cluster: Cluster): void {
  if (cluster.status !== 'deleting' || membersOf(world, cluster).length > 0) {
    return;
  }
  const gone = (): void => {
    world.rds.clusters.delete(cluster.id);
    world.tagIndex.remove(cluster.arn);
    removeVolume(world, cluster.resourceId);
    world.rds.uses.delete(cluster.resourceId);
    forgetMasterPassword(world, cluster.managedSecret);
  };
  later(world, cluster, { seconds: world.durations.clusterDeleted, action: gone });
}
