import type { DBInstanceMessage, DescribeDBInstancesMessage } from '@aws-sdk/client-rds';
import type { World } from '../world.ts';
import { rdsArn } from './identifiers.ts';
import { instanceView } from './instance-view.ts';
import { instanceNamed } from './lookup.ts';
import { checkFilters, type FilterFields, passes, recordsOf } from './paging.ts';
import type { Instance } from './state.ts';

function filtersOf(world: World): FilterFields<Instance> {
  return {
    'db-cluster-id': ({ clusterId }) => [clusterId, rdsArn(world, 'cluster', clusterId)],
    'db-instance-id': ({ id, arn }) => [id, arn],
    'dbi-resource-id': ({ resourceId }) => [resourceId],
    domain: () => [],
    engine: ({ clusterId }) => [world.rds.clusters.get(clusterId)?.engine],
  };
}

export function describeInstances(world: World, input: DescribeDBInstancesMessage): DBInstanceMessage {
  const filters = filtersOf(world);
  checkFilters(input.Filters, filters);
  const { DBInstanceIdentifier: name } = input;
  const named = name === undefined ? [...world.rds.instances.values()] : [instanceNamed(world, name)];
  const found = named.filter((instance) => passes(instance, input.Filters, filters));
  const { items, Marker } = recordsOf(found, input, ({ id }) => id);
  return { DBInstances: items.map((instance) => instanceView(world, instance)), Marker };
}
