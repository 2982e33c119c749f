import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { ReplicationGroup } from './state.ts';

/** Throws ReplicationGroupNotFoundFault. */
export function replicationGroupNamed({ elasticache }: World, name: string): ReplicationGroup {
  const group = elasticache.replicationGroups.get(name.toLowerCase());
  if (!group) {
    throw new Refusal('ReplicationGroupNotFoundFault', `ReplicationGroup ${name} not found.`);
  }
  return group;
}

/** Throws InvalidReplicationGroupStateFault unless it is available. */
export function requireAvailable({ id, status }: ReplicationGroup): void {
  if (status !== 'available') {
    throw new Refusal(
      'InvalidReplicationGroupStateFault',
      `Replication group ${id} has status ${status} which is not valid for this operation.`,
    );
  }
}

/** A node of a group: `<group>-001` or, of several shards, `<group>-0001-001`. The first of a shard is its primary. */
export interface Member {
  readonly clusterId: string;
  readonly shard: number;
  readonly isPrimary: boolean;
}

export function membersOf({ id, shards, hasClusterMode, settings }: ReplicationGroup): Member[] {
  const ofShard = (shard: number): Member[] =>
    Array.from({ length: settings.replicas + 1 }, (_, index) => {
      const number = String(index + 1).padStart(3, '0');
      const prefix = hasClusterMode ? `${id}-${String(shard).padStart(4, '0')}` : id;
      return { clusterId: `${prefix}-${number}`, shard, isPrimary: index === 0 };
    });
  return Array.from({ length: shards }, (_, index) => ofShard(index + 1)).flat();
}

/** The group that the node is one of. Throws CacheClusterNotFoundFault. */
export function groupOfCluster({ elasticache }: World, clusterId: string): ReplicationGroup {
  const found = [...elasticache.replicationGroups.values()].find((group) =>
    membersOf(group).some((member) => member.clusterId === clusterId.toLowerCase()),
  );
  if (!found) {
    throw new Refusal('CacheClusterNotFoundFault', `CacheCluster not found: ${clusterId}`);
  }
  return found;
}
