import { activeCluster, findCluster, findService } from '../ecs/lookup.ts';
import { updateHandlers } from '../ecs/service-update.ts';
import type { Service } from '../ecs/state.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';

export const NAMESPACE = 'ecs';
export const DIMENSION = 'ecs:service:DesiredCount';

const invalid = (message: string): Refusal => new Refusal('ValidationException', message);

interface Named {
  readonly ServiceNamespace?: string | undefined;
  readonly ScalableDimension?: string | undefined;
  readonly ResourceId?: string | undefined;
}

/** The resource id that the three name together. Throws ValidationException for what is no ECS service. */
export function resourceIn({ ServiceNamespace, ScalableDimension, ResourceId = '' }: Named): string {
  checkNamespace(ServiceNamespace);
  if (ScalableDimension !== DIMENSION) {
    throw invalid(`Unsupported service namespace, resource type or scalable dimension: ${ScalableDimension ?? ''}`);
  }
  if (!/^service\/[\w-]{1,255}\/[\w-]{1,255}$/.test(ResourceId)) {
    throw invalid(`The resource id ${ResourceId} is not of the form service/<cluster>/<service>`);
  }
  return ResourceId;
}

export function checkNamespace(namespace: string | undefined): void {
  if (namespace !== NAMESPACE) {
    throw invalid(`The local cloud scales ECS services only, not those of the namespace ${namespace ?? ''}`);
  }
}

/** The service behind a resource id. Throws ValidationException when there is none. */
export function serviceBehind(world: World, resourceId: string): Service {
  const [, clusterName = '', serviceName = ''] = resourceId.split('/');
  const cluster = findCluster(world, clusterName);
  const service = cluster && findService(world, cluster, serviceName);
  if (!service || service.status === 'INACTIVE') {
    throw invalid(`ECS service doesn't exist: ${resourceId}`);
  }
  return service;
}

/**
 * Brings the desired count of an active service within the bounds; one that is draining stays as it is (API reference,
 * RegisterScalableTarget).
 */
export function keepWithin(
  world: World,
  resourceId: string,
  { minimum, maximum }: { minimum: number; maximum: number },
): void {
  const service = serviceBehind(world, resourceId);
  const desiredCount = Math.min(Math.max(service.desiredCount, minimum), maximum);
  if (service.status !== 'ACTIVE' || desiredCount === service.desiredCount) {
    return;
  }
  const cluster = activeCluster(world, service.cluster.name).name;
  updateHandlers(world)['UpdateService']?.({ cluster, service: service.name, desiredCount });
}
