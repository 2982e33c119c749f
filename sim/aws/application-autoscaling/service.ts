import * as sdk from '@aws-sdk/client-application-auto-scaling';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { deletePolicyNamed, describePolicies, putPolicy } from './policies.ts';
import { tagHandlers } from './tags.ts';
import { deregisterTarget, describeTargets, registerTarget } from './targets.ts';

/** Scalable targets of ECS services and their policies. Nothing is scaled by load: no alarm here is ever evaluated. */
export function applicationAutoScalingService(world: World): ServiceDefinition {
  return {
    signingName: 'application-autoscaling',
    protocol: 'json',
    targetPrefix: 'AnyScaleFrontendService',
    sdk,
    handlers: {
      RegisterScalableTarget: (input: sdk.RegisterScalableTargetRequest) => registerTarget(world, input),
      DescribeScalableTargets: (input: sdk.DescribeScalableTargetsRequest) => describeTargets(world, input),
      DeregisterScalableTarget: (input: sdk.DeregisterScalableTargetRequest) => deregisterTarget(world, input),
      PutScalingPolicy: (input: sdk.PutScalingPolicyRequest) => putPolicy(world, input),
      DescribeScalingPolicies: (input: sdk.DescribeScalingPoliciesRequest) => describePolicies(world, input),
      DeleteScalingPolicy: (input: sdk.DeleteScalingPolicyRequest) => deletePolicyNamed(world, input),
      ...tagHandlers(world),
    },
  };
}
