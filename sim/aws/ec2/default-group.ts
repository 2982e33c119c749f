import type { World } from '../world.ts';
import { allTraffic } from './permissions.ts';

/** The group `default` that comes with a VPC: its members may talk to each other. */
export function createDefaultGroup(world: World, vpcId: string): void {
  const id = `sg-0${world.uniqueHex(16)}`;
  world.ec2.securityGroups.set(id, {
    id,
    vpcId,
    name: 'default',
    description: 'default VPC security group',
    ingress: [{ ...allTraffic, peer: { groupId: id } }],
    egress: [allTraffic],
    tags: {},
  });
}
