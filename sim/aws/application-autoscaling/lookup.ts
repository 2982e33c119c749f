import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { DIMENSION, NAMESPACE } from './ecs-target.ts';
import type { ScalableTarget } from './state.ts';

/** Throws ObjectNotFoundException. */
export function targetOf({ applicationAutoScaling }: World, resourceId: string): ScalableTarget {
  const target = applicationAutoScaling.targets.get(resourceId);
  if (!target) {
    throw new Refusal(
      'ObjectNotFoundException',
      `No scalable target registered for service namespace: ${NAMESPACE}, resource ID: ${resourceId}, scalable dimension: ${DIMENSION}`,
    );
  }
  return target;
}
