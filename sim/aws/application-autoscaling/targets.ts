import type {
  DeregisterScalableTargetRequest,
  DescribeScalableTargetsRequest,
  DescribeScalableTargetsResponse,
  RegisterScalableTargetRequest,
  RegisterScalableTargetResponse,
  ScalableTarget as ScalableTargetView,
} from '@aws-sdk/client-application-auto-scaling';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { checkNamespace, DIMENSION, keepWithin, NAMESPACE, resourceIn, serviceBehind } from './ecs-target.ts';
import { targetOf } from './lookup.ts';
import { pageIn } from './paging.ts';
import { deletePolicy } from './policies.ts';
import type { ScalableTarget } from './state.ts';
import { tagsIn } from './tags.ts';

const invalid = (message: string): Refusal => new Refusal('ValidationException', message);

/** Makes a target or changes one: "any parameters that you don't specify are not changed" (API reference). */
export function registerTarget(world: World, input: RegisterScalableTargetRequest): RegisterScalableTargetResponse {
  const resourceId = resourceIn(input);
  const existing = world.applicationAutoScaling.targets.get(resourceId);
  serviceBehind(world, resourceId);
  const bounds = boundsIn(input, existing);
  const suspended = {
    ...(existing?.suspended ?? NOTHING_SUSPENDED),
    ...input.SuspendedState,
  } as ScalableTarget['suspended'];
  if (existing) {
    refuseTags(input);
    Object.assign(existing, { ...bounds, suspended });
  } else {
    add(world, { resourceId, bounds, suspended, tags: tagsIn(input.Tags) });
  }
  keepWithin(world, resourceId, bounds);
  return { ScalableTargetARN: world.applicationAutoScaling.targets.get(resourceId)?.arn };
}

const NOTHING_SUSPENDED = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

function boundsIn(
  { MinCapacity, MaxCapacity }: RegisterScalableTargetRequest,
  existing: ScalableTarget | undefined,
): Pick<ScalableTarget, 'minimum' | 'maximum'> {
  const minimum = MinCapacity ?? existing?.minimum;
  const maximum = MaxCapacity ?? existing?.maximum;
  if (minimum === undefined || maximum === undefined) {
    throw invalid('MinCapacity and MaxCapacity are required when a scalable target is registered');
  }
  if (minimum < 0 || maximum < minimum) {
    throw invalid('Maximum capacity cannot be less than minimum capacity, nor minimum capacity less than 0');
  }
  return { minimum, maximum };
}

/** "Use this parameter to tag the scalable target when it is created. To tag an existing scalable target, use TagResource." */
function refuseTags({ Tags = {} }: RegisterScalableTargetRequest): void {
  if (Object.keys(Tags).length > 0) {
    throw invalid('Tags cannot be given for a scalable target that is registered already; use TagResource');
  }
}

function add(
  world: World,
  {
    resourceId,
    bounds,
    ...rest
  }: Pick<ScalableTarget, 'resourceId' | 'suspended' | 'tags'> & {
    bounds: Pick<ScalableTarget, 'minimum' | 'maximum'>;
  },
): void {
  const { accountId, region } = world;
  const target: ScalableTarget = {
    arn: `arn:aws:application-autoscaling:${region}:${accountId}:scalable-target/${world.uniqueHex(36)}`,
    resourceId,
    // The service's own role: https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html
    roleArn: `arn:aws:iam::${accountId}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
    createdAt: world.clock.now(),
    ...bounds,
    ...rest,
  };
  world.applicationAutoScaling.targets.set(resourceId, target);
  world.tagIndex.put(target.arn, target.tags);
}

/** Takes its policies along. The service keeps the count that it has. */
export function deregisterTarget(world: World, input: DeregisterScalableTargetRequest): void {
  const target = targetOf(world, resourceIn(input));
  for (const policy of world.applicationAutoScaling.policies.values()) {
    if (policy.resourceId === target.resourceId) {
      deletePolicy(world, policy);
    }
  }
  world.applicationAutoScaling.targets.delete(target.resourceId);
  world.tagIndex.remove(target.arn);
}

export function describeTargets(world: World, input: DescribeScalableTargetsRequest): DescribeScalableTargetsResponse {
  const { ResourceIds, ScalableDimension, ServiceNamespace } = input;
  checkNamespace(ServiceNamespace);
  if (ScalableDimension !== undefined && !ResourceIds?.length) {
    throw invalid('If you specify a scalable dimension, you must also specify a resource ID');
  }
  const found = [...world.applicationAutoScaling.targets.values()].filter(
    ({ resourceId }) =>
      (!ResourceIds?.length || ResourceIds.includes(resourceId)) &&
      (ScalableDimension === undefined || ScalableDimension === DIMENSION),
  );
  const { items, NextToken } = pageIn(found, input);
  return { ScalableTargets: items.map(view), NextToken };
}

function view(target: ScalableTarget): ScalableTargetView {
  return {
    ServiceNamespace: NAMESPACE,
    ScalableDimension: DIMENSION,
    ResourceId: target.resourceId,
    MinCapacity: target.minimum,
    MaxCapacity: target.maximum,
    RoleARN: target.roleArn,
    CreationTime: target.createdAt,
    SuspendedState: target.suspended,
    ScalableTargetARN: target.arn,
  };
}
