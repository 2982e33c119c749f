import type { World } from '../world.ts';
import { createDefaultGroup } from './default-group.ts';
import type { Vpc } from './state.ts';
import { availabilityZones } from './zones.ts';

/** The default VPC that every Region of an account has, with one subnet a zone; made when it is first looked at. */
export function ensureDefaultVpc(world: World): Vpc {
  const { vpcs, subnets } = world.ec2;
  const existing = [...vpcs.values()].find(({ isDefault }) => isDefault);
  if (existing) {
    return existing;
  }
  const vpc: Vpc = { id: `vpc-0${world.uniqueHex(16)}`, cidr: '172.31.0.0/16', isDefault: true, tags: {} };
  vpcs.set(vpc.id, vpc);
  createDefaultGroup(world, vpc.id);
  for (const [index, availabilityZone] of availabilityZones(world).entries()) {
    const id = `subnet-0${world.uniqueHex(16)}`;
    const cidr = `172.31.${index * 16}.0/20`;
    subnets.set(id, { id, vpcId: vpc.id, cidr, availabilityZone, isDefaultForZone: true, tags: {} });
  }
  return vpc;
}
