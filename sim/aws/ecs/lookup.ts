import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Cluster, Service, Task, TaskDefinitionRevision } from './state.ts';

/** The ARN of something in a cluster: `arnOf(world, 'service/main/api')`. */
export function arnOf(world: World, resource: string): string {
  return `arn:aws:ecs:${world.region}:${world.accountId}:${resource}`;
}

export function findCluster(world: World, reference = 'default'): Cluster | undefined {
  const cluster = world.ecs.clusters.get(reference.replace(/^arn:[^/]*:cluster\//, ''));
  return cluster && (cluster.name === reference || cluster.arn === reference) ? cluster : undefined;
}

export function activeCluster(world: World, reference: string | undefined): Cluster {
  const cluster = findCluster(world, reference);
  if (cluster?.status !== 'ACTIVE') {
    throw new Refusal('ClusterNotFoundException', 'Cluster not found.');
  }
  return cluster;
}

/** By name or ARN, in any state, for as long as ECS remembers it. */
export function findService(world: World, cluster: Cluster, reference = ''): Service | undefined {
  return world.ecs.services.get(serviceArn(world, cluster, reference));
}

export function serviceArn(world: World, cluster: Cluster, reference: string): string {
  return reference.startsWith('arn:') ? reference : arnOf(world, `service/${cluster.name}/${reference}`);
}

/** A service that can still be changed. */
export function activeService(world: World, cluster: Cluster, reference: string | undefined): Service {
  const service = findService(world, cluster, reference);
  if (!service) {
    throw new Refusal('ServiceNotFoundException', 'Service not found.');
  }
  if (service.status !== 'ACTIVE') {
    throw new Refusal('ServiceNotActiveException', 'Service was not ACTIVE.');
  }
  return service;
}

export function findTask(world: World, cluster: Cluster, reference: string): Task | undefined {
  const id = reference.split('/').at(-1) ?? reference;
  return world.ecs.tasks.get(arnOf(world, `task/${cluster.name}/${id}`));
}

/** By `family` (its latest ACTIVE revision), `family:revision` or ARN. */
export function findTaskDefinition(world: World, reference: string): TaskDefinitionRevision | undefined {
  const [family = '', revision] = reference.replace(/^arn:[^/]*:task-definition\//, '').split(':');
  const revisions = world.ecs.families.get(family) ?? [];
  return revision === undefined
    ? revisions.findLast((candidate) => candidate?.definition.status === 'ACTIVE')
    : revisions[Number(revision) - 1];
}

/** A task definition that new tasks and services may use. Use of an INACTIVE one is refused at once; AWS may take 10 minutes. */
export function usableTaskDefinition(world: World, reference = ''): TaskDefinitionRevision {
  const revision = findTaskDefinition(world, reference);
  if (!revision) {
    throw new Refusal('ClientException', 'TaskDefinition not found.');
  }
  if (revision.definition.status !== 'ACTIVE') {
    throw new Refusal('ClientException', 'TaskDefinition is inactive');
  }
  return revision;
}

/** A stable text of a request, without the token that makes it repeatable. */
export function fingerprintOf(input: object): string {
  return JSON.stringify(input, (key, value: unknown) => {
    if (key === 'clientToken') {
      return undefined;
    }
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  });
}
