import type { World } from '../world.ts';
import type { Cluster } from './state.ts';

/**
 * Whether the source can give one more copy-on-write clone; clones of clones count in the same group (Aurora User
 * Guide, cloning).
 */
export function canCloneFrom({ rds }: World, { cloneGroupId }: Cluster): boolean {
  if (cloneGroupId === undefined) {
    return true;
  }
  const clones = [...rds.clusters.values()].filter(
    (cluster) => cluster.cloneGroupId === cloneGroupId && cluster.isCopyOnWriteClone,
  );
  return clones.length < rds.quotas.clonesPerGroup;
}

/** The group a clone of this cluster joins; the source's first clone founds it. */
export function joinCloneGroup(world: World, source: Cluster): string {
  source.cloneGroupId ??= uuidFrom(world.uniqueHex(32));
  return source.cloneGroupId;
}

function uuidFrom(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
