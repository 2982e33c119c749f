import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { LoadBalancer } from './state.ts';
import { validationError } from './validation-error.ts';

/** Where a load balancer stands: its subnets must exist, in one VPC, and in two Availability Zones at least. */
export function placeIn(world: World, subnetIds: readonly string[]): Pick<LoadBalancer, 'vpcId' | 'subnets'> {
  const subnets = subnetIds.map((id) => {
    const subnet = world.ec2.subnets.get(id);
    if (!subnet) {
      throw new Refusal('SubnetNotFoundException', `The subnet ID '${id}' does not exist`);
    }
    return subnet;
  });
  const zones = new Set(subnets.map(({ availabilityZone }) => availabilityZone));
  const vpcs = new Set(subnets.map(({ vpcId }) => vpcId));
  if (zones.size < 2 || zones.size < subnets.length) {
    throw validationError('At least two subnets in two different Availability Zones must be specified');
  }
  const [vpcId] = vpcs;
  if (vpcId === undefined || vpcs.size > 1) {
    throw new Refusal('InvalidSubnetException', 'All the subnets must be in one VPC');
  }
  return { vpcId, subnets: subnets.map(({ id, availabilityZone }) => ({ id, zone: availabilityZone })) };
}

export function refuseUnknownSecurityGroups(world: World, groupIds: readonly string[]): void {
  const unknown = groupIds.find((id) => !world.ec2.securityGroups.has(id));
  if (unknown !== undefined) {
    throw new Refusal('InvalidSecurityGroupException', `The security group '${unknown}' does not exist`);
  }
}
