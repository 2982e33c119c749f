import type {
  DeleteScalingPolicyRequest,
  DescribeScalingPoliciesRequest,
  DescribeScalingPoliciesResponse,
  PutScalingPolicyRequest,
  PutScalingPolicyResponse,
  ScalingPolicy as ScalingPolicyView,
} from '@aws-sdk/client-application-auto-scaling';
import { alarmArn } from '../cloudwatch/alarm-store.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { checkNamespace, DIMENSION, NAMESPACE, resourceIn } from './ecs-target.ts';
import { targetOf } from './lookup.ts';
import { pageIn } from './paging.ts';
import { readStep, readTracking } from './policy-configuration.ts';
import type { ScalingPolicy } from './state.ts';
import { makeAlarms, removeAlarms } from './tracking-alarms.ts';

const invalid = (message: string): Refusal => new Refusal('ValidationException', message);
const keyOf = (resourceId: string, name: string): string => `${resourceId} ${name}`;

/** Makes a policy or replaces what it says; its type and its ARN stay. */
export function putPolicy(world: World, input: PutScalingPolicyRequest): PutScalingPolicyResponse {
  const resourceId = resourceIn(input);
  const { PolicyName: name = '' } = input;
  if (name.length < 1 || name.length > 256 || /[\p{Cc}/:]/u.test(name)) {
    throw invalid(`The policy name '${name}' is not valid`);
  }
  targetOf(world, resourceId);
  const existing = world.applicationAutoScaling.policies.get(keyOf(resourceId, name));
  const type = typeIn(input, existing);
  const configuration = {
    step: type === 'StepScaling' ? readStep(input.StepScalingPolicyConfiguration) : undefined,
    tracking:
      type === 'TargetTrackingScaling' ? readTracking(input.TargetTrackingScalingPolicyConfiguration) : undefined,
  };
  const policy = existing ?? add(world, { name, resourceId, type });
  Object.assign(policy, configuration);
  makeAlarms(world, policy);
  return { PolicyARN: policy.arn, Alarms: alarmsOf(world, policy) };
}

function typeIn(input: PutScalingPolicyRequest, existing: ScalingPolicy | undefined): ScalingPolicy['type'] {
  const type = input.PolicyType ?? existing?.type;
  if (type !== 'StepScaling' && type !== 'TargetTrackingScaling') {
    throw invalid(`The policy type '${type ?? ''}' is not one of StepScaling, TargetTrackingScaling`);
  }
  if (existing && existing.type !== type) {
    throw invalid(`The type of the policy ${existing.name} cannot be changed`);
  }
  const misplaced =
    type === 'StepScaling' ? input.TargetTrackingScalingPolicyConfiguration : input.StepScalingPolicyConfiguration;
  if (misplaced) {
    throw invalid(`The configuration is not one of a ${type} policy`);
  }
  return type;
}

function add(world: World, given: Pick<ScalingPolicy, 'name' | 'resourceId' | 'type'>): ScalingPolicy {
  const { region, accountId } = world;
  const id = uuidFrom(world.uniqueHex(32));
  const policy: ScalingPolicy = {
    ...given,
    arn: `arn:aws:autoscaling:${region}:${accountId}:scalingPolicy:${id}:resource/${NAMESPACE}/${given.resourceId}:policyName/${given.name}`,
    createdAt: world.clock.now(),
    step: undefined,
    tracking: undefined,
    alarms: [],
  };
  world.applicationAutoScaling.policies.set(keyOf(given.resourceId, given.name), policy);
  return policy;
}

function uuidFrom(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The alarms that a target tracking policy made go with it; those that somebody hung on a step policy stay. */
export function deletePolicy(world: World, policy: ScalingPolicy): void {
  removeAlarms(world, policy);
  world.applicationAutoScaling.policies.delete(keyOf(policy.resourceId, policy.name));
}

export function deletePolicyNamed(world: World, input: DeleteScalingPolicyRequest): void {
  const resourceId = resourceIn(input);
  const { PolicyName: name = '' } = input;
  const policy = world.applicationAutoScaling.policies.get(keyOf(resourceId, name));
  if (!policy) {
    throw new Refusal(
      'ObjectNotFoundException',
      `No scaling policy found for service namespace: ${NAMESPACE}, resource ID: ${resourceId}, scalable dimension: ${DIMENSION}, policy name: ${name}`,
    );
  }
  deletePolicy(world, policy);
}

export function describePolicies(world: World, input: DescribeScalingPoliciesRequest): DescribeScalingPoliciesResponse {
  checkNamespace(input.ServiceNamespace);
  const { PolicyNames, ResourceId, ScalableDimension } = input;
  const found = [...world.applicationAutoScaling.policies.values()].filter(
    ({ name, resourceId }) =>
      (!PolicyNames?.length || PolicyNames.includes(name)) &&
      (ResourceId === undefined || resourceId === ResourceId) &&
      (ScalableDimension === undefined || ScalableDimension === DIMENSION),
  );
  const { items, NextToken } = pageIn(found, input);
  return { ScalingPolicies: items.map((policy) => view(world, policy)), NextToken };
}

function view(world: World, policy: ScalingPolicy): ScalingPolicyView {
  return {
    PolicyName: policy.name,
    PolicyARN: policy.arn,
    PolicyType: policy.type,
    ServiceNamespace: NAMESPACE,
    ScalableDimension: DIMENSION,
    ResourceId: policy.resourceId,
    StepScalingPolicyConfiguration: policy.step,
    TargetTrackingScalingPolicyConfiguration: policy.tracking,
    Alarms: alarmsOf(world, policy),
    CreationTime: policy.createdAt,
  };
}

/** The policy's own alarms and, of a step policy, those that call it. */
function alarmsOf(world: World, policy: ScalingPolicy) {
  const calling = [...world.cloudwatch.alarms.values()].filter(({ alarmActions }) => alarmActions.includes(policy.arn));
  return calling.map(({ name }) => ({ AlarmName: name, AlarmARN: alarmArn(world, name) }));
}
