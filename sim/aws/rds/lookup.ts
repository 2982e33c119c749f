import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { keyOf } from './identifiers.ts';
import type { Cluster, Instance, PlainInstance } from './state.ts';

/** By identifier, in any case, or ARN. Throws DBClusterNotFoundFault. */
export function clusterNamed({ rds }: World, name: string): Cluster {
  const cluster = rds.clusters.get(keyOf(name));
  if (!cluster) {
    throw new Refusal('DBClusterNotFoundFault', `DBCluster ${name} not found.`);
  }
  return cluster;
}

/** A member of a cluster or an instance outside; by identifier, in any case, or ARN. Throws DBInstanceNotFoundFault. */
export function anyInstanceNamed({ rds }: World, name: string): Instance | PlainInstance {
  const key = keyOf(name);
  const instance = rds.instances.get(key) ?? rds.plainInstances.get(key);
  if (!instance) {
    throw new Refusal('DBInstanceNotFoundFault', `DBInstance ${name} not found.`);
  }
  return instance;
}

/** The cluster's instances in the order they were made, those being deleted too. */
export function membersOf({ rds }: World, cluster: Cluster): Instance[] {
  return [...rds.instances.values()].filter(({ clusterId }) => clusterId === cluster.id);
}
