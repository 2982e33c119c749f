import type {
  CreateDBSubnetGroupMessage,
  CreateDBSubnetGroupResult,
  DBSubnetGroup,
  DBSubnetGroupMessage,
  DeleteDBSubnetGroupMessage,
  DescribeDBSubnetGroupsMessage,
  ModifyDBSubnetGroupMessage,
  ModifyDBSubnetGroupResult,
} from '@aws-sdk/client-rds';
import { ensureDefaultVpc } from '../ec2/default-vpc.ts';
import type { Subnet } from '../ec2/state.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { keyOf, rdsArn } from './identifiers.ts';
import { recordsOf } from './paging.ts';
import type { SubnetGroup } from './state.ts';
import { tagsIn } from './tag-rules.ts';

const LEGAL_NAME = /^[a-z0-9 ._-]{1,255}$/;

/** The group `default` over the default VPC's subnets; made when it is first needed. */
export function ensureDefaultSubnetGroup(world: World): SubnetGroup {
  const existing = world.rds.subnetGroups.get('default');
  if (existing) {
    return existing;
  }
  const vpcId = ensureDefaultVpc(world).id;
  const subnets = [...world.ec2.subnets.values()].filter((subnet) => subnet.vpcId === vpcId);
  return keep(world, {
    name: 'default',
    description: 'default',
    vpcId,
    subnetIds: subnets.map(({ id }) => id),
    tags: {},
  });
}

function keep(world: World, group: Omit<SubnetGroup, 'arn'>): SubnetGroup {
  const kept = { ...group, arn: rdsArn(world, 'subgrp', group.name) };
  world.rds.subnetGroups.set(kept.name, kept);
  return kept;
}

export function createSubnetGroup(world: World, input: CreateDBSubnetGroupMessage): CreateDBSubnetGroupResult {
  const name = (input.DBSubnetGroupName ?? '').toLowerCase();
  if (!LEGAL_NAME.test(name) || name === 'default') {
    throw new Refusal('InvalidParameterValue', `The parameter DBSubnetGroupName is not valid: ${name}`);
  }
  if (world.rds.subnetGroups.has(name)) {
    throw new Refusal('DBSubnetGroupAlreadyExistsFault', 'The DB subnet group already exists.');
  }
  const group = keep(world, {
    name,
    description: input.DBSubnetGroupDescription ?? '',
    ...placeOf(world, input.SubnetIds),
    tags: tagsIn(input.Tags),
  });
  world.tagIndex.put(group.arn, group.tags);
  return { DBSubnetGroup: subnetGroupShape(world, group) };
}

/** Subnets of one VPC in two Availability Zones at least. */
function placeOf(world: World, ids: readonly string[] = []): Pick<SubnetGroup, 'vpcId' | 'subnetIds'> {
  const subnets = ids.map((id) => subnetNamed(world, id));
  const vpcs = new Set(subnets.map(({ vpcId }) => vpcId));
  const [vpcId] = vpcs;
  if (vpcId === undefined || vpcs.size > 1) {
    throw new Refusal('InvalidSubnet', 'The subnets of a DB subnet group must all be of one VPC.');
  }
  if (new Set(subnets.map(({ availabilityZone }) => availabilityZone)).size < 2) {
    throw new Refusal(
      'DBSubnetGroupDoesNotCoverEnoughAZs',
      "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: 1. Add subnets to cover at least 2 AZs.",
    );
  }
  return { vpcId, subnetIds: subnets.map(({ id }) => id) };
}

/** Replaces the subnets, in the VPC the group is in: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSubnetGroup.html */
export function modifySubnetGroup(world: World, input: ModifyDBSubnetGroupMessage): ModifyDBSubnetGroupResult {
  const name = input.DBSubnetGroupName ?? '';
  const group = world.rds.subnetGroups.get(keyOf(name));
  if (!group) {
    throw new Refusal('DBSubnetGroupNotFoundFault', `DB subnet group '${name}' does not exist.`);
  }
  const { vpcId, subnetIds } = placeOf(world, input.SubnetIds);
  if (vpcId !== group.vpcId) {
    throw new Refusal(
      'InvalidSubnet',
      `The new subnets are not in the same VPC as the existing subnet group: ${vpcId}`,
    );
  }
  group.subnetIds = subnetIds;
  group.description = input.DBSubnetGroupDescription ?? group.description;
  return { DBSubnetGroup: subnetGroupShape(world, group) };
}

function subnetNamed({ ec2 }: World, id: string): Subnet {
  const subnet = ec2.subnets.get(id);
  if (!subnet) {
    throw new Refusal(
      'InvalidSubnet',
      `The requested subnet is invalid, or multiple subnets were requested that are not all in a common VPC: ${id}`,
    );
  }
  return subnet;
}

export function describeSubnetGroups(world: World, input: DescribeDBSubnetGroupsMessage): DBSubnetGroupMessage {
  const { DBSubnetGroupName: name } = input;
  const all = [...world.rds.subnetGroups.values()];
  const found = name === undefined ? all : all.filter((group) => group.name === keyOf(name));
  if (name !== undefined && found.length === 0) {
    throw new Refusal('DBSubnetGroupNotFoundFault', `DB subnet group '${name}' does not exist.`);
  }
  const { items, Marker } = recordsOf(found, input, (group) => group.name);
  return { DBSubnetGroups: items.map((group) => subnetGroupShape(world, group)), Marker };
}

export function deleteSubnetGroup(world: World, { DBSubnetGroupName = '' }: DeleteDBSubnetGroupMessage): void {
  const group = world.rds.subnetGroups.get(keyOf(DBSubnetGroupName));
  if (!group) {
    throw new Refusal('DBSubnetGroupNotFoundFault', `DB subnet group '${DBSubnetGroupName}' does not exist.`);
  }
  if ([...world.rds.clusters.values()].some(({ subnetGroup }) => subnetGroup === group.name)) {
    throw new Refusal(
      'InvalidDBSubnetGroupStateFault',
      `Cannot delete the subnet group '${group.name}' because at least one database cluster is still using it.`,
    );
  }
  const instance = [...world.rds.plainInstances.values()].find(({ subnetGroup }) => subnetGroup === group.name);
  if (instance) {
    throw new Refusal(
      'InvalidDBSubnetGroupStateFault',
      `Cannot delete the subnet group '${group.name}' because at least one database instance: ${instance.id} is still using it.`,
    );
  }
  world.rds.subnetGroups.delete(group.name);
  world.tagIndex.remove(group.arn);
}

export function subnetGroupShape({ ec2 }: World, group: SubnetGroup): DBSubnetGroup {
  return {
    DBSubnetGroupName: group.name,
    DBSubnetGroupDescription: group.description,
    DBSubnetGroupArn: group.arn,
    VpcId: group.vpcId,
    SubnetGroupStatus: 'Complete',
    SupportedNetworkTypes: ['IPV4'],
    Subnets: group.subnetIds.map((id) => ({
      SubnetIdentifier: id,
      SubnetAvailabilityZone: { Name: ec2.subnets.get(id)?.availabilityZone },
      SubnetOutpost: {},
      SubnetStatus: 'Active',
    })),
  };
}
