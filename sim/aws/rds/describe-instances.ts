import type { DBInstance, DBInstanceMessage, DescribeDBInstancesMessage } from '@aws-sdk/client-rds';
import type { World } from '../world.ts';
import { rdsArn } from './identifiers.ts';
import { instanceView } from './instance-view.ts';
import { anyInstanceNamed } from './lookup.ts';
import { checkFilters, type FilterFields, passes, recordsOf } from './paging.ts';
import { plainInstanceView } from './plain-instance-view.ts';
import type { Instance, PlainInstance } from './state.ts';

const isMember = (instance: Instance | PlainInstance): instance is Instance => 'clusterId' in instance;

function filtersOf(world: World): FilterFields<Instance | PlainInstance> {
  return {
    'db-cluster-id': (instance) =>
      isMember(instance) ? [instance.clusterId, rdsArn(world, 'cluster', instance.clusterId)] : [],
    'db-instance-id': ({ id, arn }) => [id, arn],
    'dbi-resource-id': ({ resourceId }) => [resourceId],
    domain: () => [],
    engine: (instance) => [isMember(instance) ? world.rds.clusters.get(instance.clusterId)?.engine : instance.engine],
  };
}

/** Those of clusters and those outside. */
export function describeInstances(world: World, input: DescribeDBInstancesMessage): DBInstanceMessage {
  const filters = filtersOf(world);
  checkFilters(input.Filters, filters);
  const { DBInstanceIdentifier: name } = input;
  const { instances, plainInstances } = world.rds;
  const named =
    name === undefined ? [...instances.values(), ...plainInstances.values()] : [anyInstanceNamed(world, name)];
  const found = named.filter((instance) => passes(instance, input.Filters, filters));
  const { items, Marker } = recordsOf(found, input, ({ id }) => id);
  return { DBInstances: items.map((instance) => viewOf(world, instance)), Marker };
}

function viewOf(world: World, instance: Instance | PlainInstance): DBInstance {
  return isMember(instance) ? instanceView(world, instance) : plainInstanceView(world, instance);
}
