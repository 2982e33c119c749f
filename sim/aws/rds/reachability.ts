import type { World } from '../world.ts';
import { instanceEndpoint, readerEndpoint, writerEndpoint } from './endpoints.ts';
import { membersOf } from './lookup.ts';
import type { Cluster, Instance, PlainInstance } from './state.ts';

/** Statuses in which a database goes on answering. */
const serving = new Set(['available', 'modifying', 'resetting-master-credentials', 'backing-up', 'renaming']);

const serves = ({ status }: Cluster | Instance | PlainInstance): boolean => serving.has(status);

/**
 * Whether a database answers at `endpoint` (`host` or `host:port`): the cluster is up and, for its writer endpoint, so
 * is its writer; for its reader endpoint any member; for an instance's endpoint that instance. One
 * outside clusters needs only itself.
 */
export function isDatabaseReachable(world: World, endpoint: string): boolean {
  const host = (endpoint.split(':')[0] ?? '').toLowerCase();
  const { clusters, plainInstances } = world.rds;
  const alone = [...plainInstances.values()].find((instance) => host === instanceEndpoint(world, instance));
  if (alone) {
    return serves(alone);
  }
  return [...clusters.values()].filter(serves).some((cluster) => membersServing(world, cluster, host).some(serves));
}

/** The members of the cluster that stand behind this host name. */
function membersServing(world: World, cluster: Cluster, host: string): Instance[] {
  const members = membersOf(world, cluster);
  if (host === writerEndpoint(world, cluster)) {
    return members.filter(({ isWriter }) => isWriter);
  }
  if (host === readerEndpoint(world, cluster)) {
    return members;
  }
  return members.filter((instance) => host === instanceEndpoint(world, instance));
}

/** The cluster that has this endpoint (`host` or `host:port`), whether it answers or not. */
export function clusterBehind(world: World, endpoint: string): Cluster | undefined {
  const host = (endpoint.split(':')[0] ?? '').toLowerCase();
  return [...world.rds.clusters.values()].find(
    (cluster) =>
      [writerEndpoint(world, cluster), readerEndpoint(world, cluster)].includes(host) ||
      membersOf(world, cluster).some((instance) => host === instanceEndpoint(world, instance)),
  );
}
