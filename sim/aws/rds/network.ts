import { ensureDefaultVpc } from '../ec2/default-vpc.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { keyOf } from './identifiers.ts';
import type { SubnetGroup } from './state.ts';
import { ensureDefaultSubnetGroup } from './subnet-groups.ts';

export interface Network {
  readonly subnetGroup: string;
  readonly securityGroupIds: readonly string[];
}

/**
 * Where a new cluster lives. Without a subnet group it is the default VPC's (for a clone that is assumed: AWS does not
 * document it); without security groups it is the default group of the VPC, **not** the source's.
 */
export function networkOf(
  world: World,
  {
    subnetGroup,
    securityGroupIds,
  }: { subnetGroup: string | undefined; securityGroupIds: readonly string[] | undefined },
): Network {
  const group = subnetGroup === undefined ? ensureDefaultSubnetGroup(world) : subnetGroupNamed(world, subnetGroup);
  return { subnetGroup: group.name, securityGroupIds: securityGroupsIn(world, group, securityGroupIds) };
}

export function subnetGroupNamed(world: World, name: string): SubnetGroup {
  const group = world.rds.subnetGroups.get(keyOf(name));
  if (!group) {
    throw new Refusal('DBSubnetGroupNotFoundFault', `DB subnet group '${name}' does not exist.`);
  }
  return group;
}

/** Throws InvalidParameterValue for a group that does not exist and InvalidParameterCombination for one of another VPC. */
export function securityGroupsIn(
  world: World,
  { vpcId }: { readonly vpcId: string },
  asked: readonly string[] | undefined,
): readonly string[] {
  if (asked === undefined || asked.length === 0) {
    ensureDefaultVpc(world);
    const groups = [...world.ec2.securityGroups.values()];
    return groups.filter((group) => group.vpcId === vpcId && group.name === 'default').map(({ id }) => id);
  }
  for (const id of asked) {
    const group = world.ec2.securityGroups.get(id);
    if (!group) {
      throw new Refusal('InvalidParameterValue', `Invalid security group , groupId= ${id}, groupName=.`);
    }
    if (group.vpcId !== vpcId) {
      throw new Refusal(
        'InvalidParameterCombination',
        `The DB instance and EC2 security group are in different VPCs. The DB instance is in ${vpcId} and the EC2 security group is in ${group.vpcId}`,
      );
    }
  }
  return asked;
}
