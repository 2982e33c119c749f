import type { World } from '../world.ts';

/** Whether something lives in the subnet: a task, a NAT gateway or a load balancer. */
export function isOccupied(world: World, subnetId: string): boolean {
  const interfaces = [...world.ec2.networkInterfaces.values()];
  const balancers = [...world.elbv2.loadBalancers.values()];
  return (
    interfaces.some((one) => one.subnetId === subnetId) ||
    balancers.some(({ subnets }) => subnets.some(({ id }) => id === subnetId))
  );
}

/** Whether a task, a load balancer or a database is a member of the group. */
export function hasMembers(world: World, groupId: string): boolean {
  const interfaces = [...world.ec2.networkInterfaces.values()].flatMap(({ groupIds }) => groupIds);
  const balancers = [...world.elbv2.loadBalancers.values()].flatMap(({ securityGroups }) => securityGroups);
  const databases = [...world.rds.clusters.values()].flatMap(({ securityGroupIds }) => securityGroupIds);
  return [...interfaces, ...balancers, ...databases].includes(groupId);
}
