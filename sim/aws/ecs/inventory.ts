import type { InventoryItem } from '../inventory-item.ts';
import type { World } from '../world.ts';
import { runningCount, tasksOf } from './service-tasks.ts';

/** Clusters, services, task definitions and the tasks that have not stopped, for the page that lists the account. */
export function inventoryOf(world: World): InventoryItem[] {
  return [...clusters(world), ...services(world), ...tasks(world), ...taskDefinitions(world)];
}

function clusters(world: World): InventoryItem[] {
  return [...world.ecs.clusters.values()].map(({ name, arn, status, tags }) => ({
    service: 'ecs',
    kind: 'cluster',
    name,
    arn,
    status,
    tags,
  }));
}

function services(world: World): InventoryItem[] {
  return [...world.ecs.services.values()].map((service) => {
    const [primary] = service.deployments;
    return {
      service: 'ecs',
      kind: 'service',
      name: service.name,
      arn: service.arn,
      status: service.status,
      tags: service.tags,
      detail: {
        tasks: `${runningCount(tasksOf(world, service))} of ${service.desiredCount} running`,
        ...(primary && {
          'task definition': primary.taskDefinitionArn.replace(/^.*\//, ''),
          rollout: primary.rolloutState,
        }),
        ...(service.events[0]?.message && { event: service.events[0].message }),
      },
    };
  });
}

function tasks(world: World): InventoryItem[] {
  return [...world.ecs.tasks.values()]
    .filter(({ lastStatus }) => lastStatus !== 'STOPPED')
    .map((task) => ({
      service: 'ecs',
      kind: 'task',
      name: task.id,
      arn: task.arn,
      status: task.lastStatus,
      tags: task.tags,
      detail: {
        group: task.group,
        ...(task.networkInterface && { address: task.networkInterface.privateIp }),
        ...(task.stoppedReason && { reason: task.stoppedReason }),
      },
    }));
}

function taskDefinitions(world: World): InventoryItem[] {
  return [...world.ecs.families.values()].flat().flatMap((revision) =>
    revision
      ? [
          {
            service: 'ecs',
            kind: 'task definition',
            name: `${revision.family}:${revision.revision}`,
            arn: revision.arn,
            status: revision.definition.status ?? 'ACTIVE',
            tags: revision.tags,
          },
        ]
      : [],
  );
}
