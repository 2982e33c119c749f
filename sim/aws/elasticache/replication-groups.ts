import type {
  CacheClusterMessage,
  CreateReplicationGroupMessage,
  DecreaseReplicaCountMessage,
  DeleteReplicationGroupMessage,
  DescribeCacheClustersMessage,
  DescribeReplicationGroupsMessage,
  IncreaseReplicaCountMessage,
  ModifyReplicationGroupMessage,
  ReplicationGroupMessage,
} from '@aws-sdk/client-elasticache';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { changeReplicaCount, deleteReplicationGroup, modifyReplicationGroup } from './change-replication-group.ts';
import { createReplicationGroup } from './create-replication-group.ts';
import { recordsOf } from './paging.ts';
import { groupOfCluster, membersOf, replicationGroupNamed } from './replication-group-lookup.ts';
import { nodeView, replicationGroupView } from './replication-group-view.ts';

function describe(world: World, input: DescribeReplicationGroupsMessage): ReplicationGroupMessage {
  const { ReplicationGroupId: id } = input;
  const { replicationGroups: all } = world.elasticache;
  const found = id === undefined ? [...all.values()] : [replicationGroupNamed(world, id)];
  const { items, Marker } = recordsOf(found, input, (group) => group.id);
  return { ReplicationGroups: items.map((group) => replicationGroupView(world, group)), Marker };
}

/** The nodes of replication groups; other cache clusters there are none. */
function describeNodes(world: World, input: DescribeCacheClustersMessage): CacheClusterMessage {
  const { CacheClusterId: id, ShowCacheNodeInfo, ShowCacheClustersNotInReplicationGroups } = input;
  const groups = id === undefined ? [...world.elasticache.replicationGroups.values()] : [groupOfCluster(world, id)];
  const nodes = groups
    .flatMap((group) => membersOf(group).map((member) => ({ group, member })))
    .filter(({ member }) => id === undefined || member.clusterId === id.toLowerCase());
  const shown = ShowCacheClustersNotInReplicationGroups ? [] : nodes;
  const { items, Marker } = recordsOf(shown, input, ({ member }) => member.clusterId);
  const views = items.map(({ group, member }) => nodeView(world, group, member));
  return { CacheClusters: views.map((one) => (ShowCacheNodeInfo ? one : { ...one, CacheNodes: undefined })), Marker };
}

export function replicationGroupHandlers(world: World): Record<string, Handler> {
  return {
    CreateReplicationGroup: (input: CreateReplicationGroupMessage) => createReplicationGroup(world, input),
    DescribeReplicationGroups: (input: DescribeReplicationGroupsMessage) => describe(world, input),
    ModifyReplicationGroup: (input: ModifyReplicationGroupMessage) => modifyReplicationGroup(world, input),
    IncreaseReplicaCount: (input: IncreaseReplicaCountMessage) => changeReplicaCount(world, input, 1),
    DecreaseReplicaCount: (input: DecreaseReplicaCountMessage) => changeReplicaCount(world, input, -1),
    DeleteReplicationGroup: (input: DeleteReplicationGroupMessage) => deleteReplicationGroup(world, input),
    DescribeCacheClusters: (input: DescribeCacheClustersMessage) => describeNodes(world, input),
  };
}
