import type {
  DeleteSecurityGroupRequest,
  DeleteSecurityGroupResult,
  DeleteSubnetRequest,
  DeleteVpcRequest,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { existing, remove } from './lookup.ts';
import { isMain } from './main-route-table.ts';
import { hasMembers, isOccupied } from './occupants.ts';
import { missing } from './resource-kinds.ts';
import { vpcNamed } from './vpcs.ts';

/** What came with the VPC goes with it; everything else must be gone before. */
export function deleteVpc(world: World, { VpcId = '' }: DeleteVpcRequest): void {
  const { id } = vpcNamed(world, VpcId);
  const { subnets, securityGroups, internetGateways, routeTables } = world.ec2;
  const inVpc = <T extends { readonly vpcId: string | undefined }>(all: ReadonlyMap<string, T>): T[] =>
    [...all.values()].filter(({ vpcId }) => vpcId === id);
  const groups = inVpc(securityGroups);
  const tables = inVpc(routeTables);
  if (
    inVpc(subnets).length > 0 ||
    inVpc(internetGateways).length > 0 ||
    groups.some(({ name }) => name !== 'default') ||
    tables.some((table) => !isMain(table))
  ) {
    throw new Refusal('DependencyViolation', `The vpc '${id}' has dependencies and cannot be deleted.`);
  }
  for (const group of groups) {
    removeGroup(world, group.id);
  }
  for (const table of tables) {
    remove(world, table.id);
  }
  remove(world, id);
}

/** Its association with a route table goes with it. */
export function deleteSubnet(world: World, { SubnetId }: DeleteSubnetRequest): void {
  const { id } = existing(world.ec2.subnets, SubnetId, missing.subnet);
  if (isOccupied(world, id)) {
    throw new Refusal('DependencyViolation', `The subnet '${id}' has dependencies and cannot be deleted.`);
  }
  for (const table of world.ec2.routeTables.values()) {
    table.associations = table.associations.filter(({ subnetId }) => subnetId !== id);
  }
  remove(world, id);
}

/**
 * Refused for a group "that is associated with an instance or network interface, is referenced by another security
 * group in the same VPC".
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html
 */
export function deleteSecurityGroup(world: World, { GroupId }: DeleteSecurityGroupRequest): DeleteSecurityGroupResult {
  const { id, name } = existing(world.ec2.securityGroups, GroupId, missing.securityGroup);
  if (name === 'default') {
    throw new Refusal('CannotDelete', `the specified group: "${id}" name: "${name}" cannot be deleted by a user`);
  }
  const isReferenced = [...world.ec2.securityGroupRules.values()].some(
    ({ groupId, permission: { peer } }) => groupId !== id && 'groupId' in peer && peer.groupId === id,
  );
  if (isReferenced || hasMembers(world, id)) {
    throw new Refusal('DependencyViolation', `resource ${id} has a dependent object`);
  }
  removeGroup(world, id);
  return { Return: true, GroupId: id };
}

function removeGroup(world: World, id: string): void {
  for (const rule of world.ec2.securityGroupRules.values()) {
    if (rule.groupId === id) {
      remove(world, rule.id);
    }
  }
  remove(world, id);
}
