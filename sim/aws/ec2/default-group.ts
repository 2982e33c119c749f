import type { World } from '../world.ts';
import { allTraffic } from './permissions.ts';
import { addRule } from './rules.ts';

/** The group `default` that comes with a VPC: its members may talk to each other. */
export function createDefaultGroup(world: World, vpcId: string): void {
  const id = `sg-0${world.uniqueHex(16)}`;
  const description = 'default VPC security group';
  world.ec2.securityGroups.set(id, { id, vpcId, name: 'default', description, tags: {} });
  addRule(world, { groupId: id, direction: 'ingress', permission: { ...allTraffic, peer: { groupId: id } } });
  addRule(world, { groupId: id, direction: 'egress', permission: allTraffic });
}
