import type { World } from '../world.ts';
import type { Cluster } from './state.ts';

interface Outcome {
  readonly done: () => void;
  readonly failed: () => void;
}

/** Runs one of the two: at once where there is nothing to wait for. */
export type Waiter = (outcome: Outcome) => void;

/** Begins to make a volume for a cluster or a snapshot. */
export function makeVolume({ rds: { volumes } }: World, id: string, from?: string): Waiter {
  return waiterFor(volumes?.make(id, from));
}

/** The same for a cluster, whose master user can log in when it is whole. */
export function makeClusterVolume({ rds: { volumes } }: World, cluster: Cluster, from?: string): Waiter {
  const { resourceId } = cluster;
  const made = volumes && [volumes.make(resourceId, from), volumes.setMaster(resourceId, masterOf(cluster))];
  return waiterFor(made && Promise.all(made));
}

export function tellMaster({ rds: { volumes } }: World, cluster: Cluster): Waiter {
  return waiterFor(volumes?.setMaster(cluster.resourceId, masterOf(cluster)));
}

/** Nobody waits for it. */
export function removeVolume({ rds: { volumes } }: World, id: string): void {
  waiterFor(volumes?.remove(id));
}

const masterOf = ({ masterUsername, masterPassword }: Cluster) => ({ user: masterUsername, password: masterPassword });

/** What failed is known to whoever keeps the volumes. */
function waiterFor(work: Promise<unknown> | undefined): Waiter {
  if (!work) {
    return ({ done }) => done();
  }
  const succeeded = work.then(
    () => true,
    () => false,
  );
  return ({ done, failed }) => void succeeded.then((whole) => (whole ? done() : failed()));
}
