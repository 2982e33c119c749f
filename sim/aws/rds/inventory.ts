import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';
import { instanceEndpoint, writerEndpoint } from './endpoints.ts';

/** Every cluster, snapshot, instance and group, for the page that lists the account. */
export function inventoryOf(world: World): InventoryItem[] {
  return [...clusters(world), ...instances(world), ...plainInstances(world), ...snapshots(world), ...groups(world)];
}

function clusters(world: World): InventoryItem[] {
  return [...world.rds.clusters.values()].map((cluster) => ({
    service: 'rds',
    kind: cluster.isCopyOnWriteClone ? 'DB cluster (clone)' : 'DB cluster',
    name: cluster.id,
    arn: cluster.arn,
    status: cluster.status,
    tags: cluster.tags,
    detail: { endpoint: writerEndpoint(world, cluster), engine: `${cluster.engine} ${cluster.engineVersion}` },
  }));
}

function instances({ rds }: World): InventoryItem[] {
  return [...rds.instances.values()].map((instance) => ({
    service: 'rds',
    kind: 'DB instance',
    name: instance.id,
    arn: instance.arn,
    status: instance.status,
    tags: instance.tags,
    detail: {
      cluster: instance.clusterId,
      class: instance.instanceClass,
      role: instance.isWriter ? 'writer' : 'reader',
    },
  }));
}

function plainInstances(world: World): InventoryItem[] {
  return [...world.rds.plainInstances.values()].map((instance) => ({
    service: 'rds',
    kind: 'DB instance',
    name: instance.id,
    arn: instance.arn,
    status: instance.status,
    tags: instance.tags,
    detail: {
      endpoint: instanceEndpoint(world, instance),
      class: instance.instanceClass,
      engine: `${instance.engine} ${instance.engineVersion}`,
    },
  }));
}

/** Another account's are not in this one. */
function snapshots({ rds, accountId }: World): InventoryItem[] {
  return [...rds.snapshots.values()]
    .filter((snapshot) => snapshot.accountId === accountId)
    .map((snapshot) => ({
      service: 'rds',
      kind: `DB cluster snapshot (${snapshot.type})`,
      name: snapshot.id,
      arn: snapshot.arn,
      status: snapshot.status,
      tags: snapshot.tags,
      detail: { cluster: snapshot.clusterId, engine: `${snapshot.engine} ${snapshot.engineVersion}` },
    }));
}

function groups({ rds }: World): InventoryItem[] {
  const subnetGroups = [...rds.subnetGroups.values()].map((group) => ({ ...group, kind: 'DB subnet group' }));
  const parameterGroups = [...rds.parameterGroups.values()].map((group) => ({ ...group, kind: 'DB parameter group' }));
  const ofInstances = [...rds.instanceParameterGroups.values()].map((group) => ({
    ...group,
    kind: 'DB instance parameter group',
  }));
  return [...subnetGroups, ...parameterGroups, ...ofInstances].map(({ kind, name, arn, tags }) => ({
    service: 'rds',
    kind,
    name,
    arn,
    status: 'available',
    tags,
  }));
}
