import * as sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ServiceDefinition } from '../wire/service.ts';
import type { World } from '../world.ts';
import { describeCapacityReservation } from './capacity-reservation.ts';
import { describeListenerAttributes, modifyListenerAttributes } from './listener-attributes.ts';
import {
  addListenerCertificates,
  describeListenerCertificates,
  removeListenerCertificates,
} from './listener-certificates.ts';
import { createListener, deleteListener, describeListeners, modifyListener } from './listeners.ts';
import { setSecurityGroups, setSubnets } from './load-balancer-network.ts';
import {
  createLoadBalancer,
  deleteLoadBalancer,
  describeLoadBalancerAttributes,
  describeLoadBalancers,
  modifyLoadBalancerAttributes,
} from './load-balancers.ts';
import { describeAccountLimits } from './quotas.ts';
import { createRule, deleteRule, describeRules, modifyRule, setRulePriorities } from './rules.ts';
import { addTags, describeTags, removeTags } from './tags.ts';
import { deregisterTargets, describeTargetHealth, registerTargets } from './target-calls.ts';
import { describeTargetGroupAttributes, modifyTargetGroupAttributes } from './target-group-attributes.ts';
import { createTargetGroup, deleteTargetGroup, describeTargetGroups, modifyTargetGroup } from './target-groups.ts';

export function elbv2Service(world: World): ServiceDefinition {
  return {
    signingName: 'elasticloadbalancing',
    protocol: 'query',
    sdk,
    xmlNamespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
    handlers: {
      CreateLoadBalancer: (input) => createLoadBalancer(world, input),
      DescribeLoadBalancers: (input) => describeLoadBalancers(world, input),
      DeleteLoadBalancer: (input) => deleteLoadBalancer(world, input),
      DescribeLoadBalancerAttributes: (input) => describeLoadBalancerAttributes(world, input),
      ModifyLoadBalancerAttributes: (input) => modifyLoadBalancerAttributes(world, input),
      SetSecurityGroups: (input) => setSecurityGroups(world, input),
      SetSubnets: (input) => setSubnets(world, input),
      DescribeCapacityReservation: (input) => describeCapacityReservation(world, input),
      CreateListener: (input) => createListener(world, input),
      DescribeListeners: (input) => describeListeners(world, input),
      ModifyListener: (input) => modifyListener(world, input),
      DeleteListener: (input) => deleteListener(world, input),
      DescribeListenerAttributes: (input) => describeListenerAttributes(world, input),
      ModifyListenerAttributes: (input) => modifyListenerAttributes(world, input),
      AddListenerCertificates: (input) => addListenerCertificates(world, input),
      DescribeListenerCertificates: (input) => describeListenerCertificates(world, input),
      RemoveListenerCertificates: (input) => removeListenerCertificates(world, input),
      CreateTargetGroup: (input) => createTargetGroup(world, input),
      DescribeTargetGroups: (input) => describeTargetGroups(world, input),
      ModifyTargetGroup: (input) => modifyTargetGroup(world, input),
      DeleteTargetGroup: (input) => deleteTargetGroup(world, input),
      DescribeTargetGroupAttributes: (input) => describeTargetGroupAttributes(world, input),
      ModifyTargetGroupAttributes: (input) => modifyTargetGroupAttributes(world, input),
      CreateRule: (input) => createRule(world, input),
      DescribeRules: (input) => describeRules(world, input),
      ModifyRule: (input) => modifyRule(world, input),
      DeleteRule: (input) => deleteRule(world, input),
      SetRulePriorities: (input) => setRulePriorities(world, input),
      RegisterTargets: (input) => registerTargets(world, input),
      DeregisterTargets: (input) => deregisterTargets(world, input),
      DescribeTargetHealth: (input) => describeTargetHealth(world, input),
      AddTags: (input) => addTags(world, input),
      RemoveTags: (input) => removeTags(world, input),
      DescribeTags: (input) => describeTags(world, input),
      DescribeAccountLimits: () => describeAccountLimits(),
    },
  };
}
