import type {
  SetSecurityGroupsInput,
  SetSecurityGroupsOutput,
  SetSubnetsInput,
  SetSubnetsOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { loadBalancerOf } from './load-balancer-facts.ts';
import { placeIn, refuseUnknownSecurityGroups } from './subnets.ts';
import { validationError } from './validation-error.ts';

/**
 * "The specified security groups override the previously associated security groups."
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html
 */
export function setSecurityGroups(
  world: World,
  { LoadBalancerArn, SecurityGroups = [] }: SetSecurityGroupsInput,
): SetSecurityGroupsOutput {
  const loadBalancer = loadBalancerOf(world, LoadBalancerArn);
  if (SecurityGroups.length === 0) {
    throw validationError('At least one security group must be specified');
  }
  refuseUnknownSecurityGroups(world, SecurityGroups);
  loadBalancer.securityGroups = SecurityGroups;
  return { SecurityGroupIds: SecurityGroups };
}

/**
 * "The specified subnets replace the previously enabled subnets"; they stay in the load balancer's VPC.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html
 */
export function setSubnets(world: World, input: SetSubnetsInput): SetSubnetsOutput {
  const loadBalancer = loadBalancerOf(world, input.LoadBalancerArn);
  const ids = input.Subnets ?? (input.SubnetMappings ?? []).map(({ SubnetId = '' }) => SubnetId);
  const { vpcId, subnets } = placeIn(world, ids);
  if (vpcId !== loadBalancer.vpcId) {
    throw new Refusal('InvalidSubnetException', `The subnets must be in the load balancer's VPC ${loadBalancer.vpcId}`);
  }
  loadBalancer.subnets = subnets;
  return {
    AvailabilityZones: subnets.map(({ id, zone }) => ({ ZoneName: zone, SubnetId: id })),
    IpAddressType: 'ipv4',
  };
}
