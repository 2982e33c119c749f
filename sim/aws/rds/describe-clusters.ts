import type { DBClusterMessage, DescribeDBClustersMessage } from '@aws-sdk/client-rds';
import type { World } from '../world.ts';
import { clusterView } from './cluster-view.ts';
import { clusterNamed } from './lookup.ts';
import { checkFilters, type FilterFields, passes, recordsOf } from './paging.ts';
import type { Cluster } from './state.ts';

const filters: FilterFields<Cluster> = {
  'clone-group-id': ({ cloneGroupId }) => [cloneGroupId],
  'db-cluster-id': ({ id, arn }) => [id, arn],
  'db-cluster-resource-id': ({ resourceId }) => [resourceId],
  domain: () => [],
  engine: ({ engine }) => [engine],
};

export function describeClusters(world: World, input: DescribeDBClustersMessage): DBClusterMessage {
  checkFilters(input.Filters, filters);
  const { DBClusterIdentifier: name } = input;
  const named = name === undefined ? [...world.rds.clusters.values()] : [clusterNamed(world, name)];
  const found = named.filter((cluster) => passes(cluster, input.Filters, filters));
  const { items, Marker } = recordsOf(found, input, ({ id }) => id);
  return { DBClusters: items.map((cluster) => clusterView(world, cluster)), Marker };
}
