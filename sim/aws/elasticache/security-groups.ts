import { ensureDefaultVpc } from '../ec2/default-vpc.ts';
import type { World } from '../world.ts';
import { invalidCombination, invalidValue } from './refusals.ts';

/** The groups asked for, or the VPC's default one. Throws for one that does not exist or is of another VPC. */
export function securityGroupsIn(world: World, vpcId: string, asked: readonly string[] | undefined): readonly string[] {
  if (asked === undefined || asked.length === 0) {
    ensureDefaultVpc(world);
    const groups = [...world.ec2.securityGroups.values()];
    return groups.filter((group) => group.vpcId === vpcId && group.name === 'default').map(({ id }) => id);
  }
  for (const id of asked) {
    const group = world.ec2.securityGroups.get(id);
    if (!group) {
      throw invalidValue(`Some security groups are invalid, please check the existence of the groups: ${id}`);
    }
    if (group.vpcId !== vpcId) {
      throw invalidCombination(`The cache is in ${vpcId} and the security group ${id} is in ${group.vpcId}`);
    }
  }
  return asked;
}
