import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { keyOf } from './identifiers.ts';
import type { Cluster, Instance } from './state.ts';

/** By identifier, in any case, or ARN. Throws DBClusterNotFoundFault. */
export function clusterNamed({ rds }: World, name: string): Cluster {
  const cluster = rds.clusters.get(keyOf(name));
  if (!cluster) {
    throw new Refusal('DBClusterNotFoundFault', `DBCluster ${name} not found.`);
  }
  return cluster;
}

/** By identifier, in any case, or ARN. Throws DBInstanceNotFoundFault. */
export function instanceNamed({ rds }: World, name: string): Instance {
  const instance = rds.instances.get(keyOf(name));
  if (!instance) {
    throw new Refusal('DBInstanceNotFoundFault', `DBInstance ${name} not found.`);
  }
  return instance;
}

/** The cluster's instances in the order they were made, those being deleted too. */
export function membersOf({ rds }: World, cluster: Cluster): Instance[] {
  return [...rds.instances.values()].filter(({ clusterId }) => clusterId === cluster.id);
}
