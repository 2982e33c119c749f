import type {
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
  NetworkInterface as NetworkInterfaceShape,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { addressAt, rangeOf } from './cidr.ts';
import { describeAll } from './describing.ts';
import { existing } from './lookup.ts';
import { missing } from './resource-kinds.ts';
import type { NetworkInterface } from './state.ts';
import { tagList } from './tags.ts';

// The first four addresses of a subnet are AWS's own.
const FIRST_ADDRESS = 4;

/**
 * Makes an interface with a free address of the subnet, as Fargate does for a task. Throws InvalidSubnetID.NotFound,
 * InvalidGroup.NotFound, and InsufficientFreeAddressesInSubnet when the subnet is full.
 */
export function attachNetworkInterface(
  world: World,
  { subnetId, groupIds, description }: { subnetId: string; groupIds: readonly string[]; description: string },
): NetworkInterface {
  const { subnets, securityGroups, networkInterfaces } = world.ec2;
  const subnet = existing(subnets, subnetId, missing.subnet);
  for (const groupId of groupIds) {
    existing(securityGroups, groupId, missing.securityGroup);
  }
  const id = `eni-0${world.uniqueHex(16)}`;
  const made = { id, subnetId, groupIds, privateIp: freeAddress(world, subnetId, subnet.cidr), description, tags: {} };
  networkInterfaces.set(id, made);
  return made;
}

/** The interface is gone and its address free; an unknown id is ignored. */
export function releaseNetworkInterface({ ec2 }: World, id: string): void {
  ec2.networkInterfaces.delete(id);
}

function freeAddress({ ec2 }: World, subnetId: string, cidr: string): string {
  const taken = new Set(
    [...ec2.networkInterfaces.values()].filter((one) => one.subnetId === subnetId).map(({ privateIp }) => privateIp),
  );
  const range = rangeOf(cidr);
  for (let offset = FIRST_ADDRESS; offset < range.size - 1; offset++) {
    const address = addressAt(range, offset);
    if (!taken.has(address)) {
      return address;
    }
  }
  throw new Refusal('InsufficientFreeAddressesInSubnet', `The subnet '${subnetId}' has no free addresses left.`);
}

export function describeNetworkInterfaces(
  world: World,
  input: DescribeNetworkInterfacesRequest,
): DescribeNetworkInterfacesResult {
  const subnetOf = ({ subnetId }: NetworkInterface) => world.ec2.subnets.get(subnetId);
  const { items, nextToken } = describeAll({
    all: world.ec2.networkInterfaces,
    ids: input.NetworkInterfaceIds,
    missing: missing.networkInterface,
    filters: input.Filters,
    fields: {
      'network-interface-id': ({ id }) => [id],
      'subnet-id': ({ subnetId }) => [subnetId],
      'vpc-id': (one) => [subnetOf(one)?.vpcId ?? ''],
      'group-id': ({ groupIds }) => groupIds,
      'availability-zone': (one) => [subnetOf(one)?.availabilityZone ?? ''],
      'private-ip-address': ({ privateIp }) => [privateIp],
      'addresses.private-ip-address': ({ privateIp }) => [privateIp],
      description: ({ description }) => [description],
      status: () => ['in-use'],
      'owner-id': () => [world.accountId],
    },
    limit: input.MaxResults,
    token: input.NextToken,
  });
  return { NetworkInterfaces: items.map((one) => shapeOf(world, one)), NextToken: nextToken };
}

function shapeOf(world: World, one: NetworkInterface): NetworkInterfaceShape {
  const subnet = world.ec2.subnets.get(one.subnetId);
  return {
    NetworkInterfaceId: one.id,
    SubnetId: one.subnetId,
    VpcId: subnet?.vpcId,
    AvailabilityZone: subnet?.availabilityZone,
    OwnerId: world.accountId,
    Description: one.description,
    PrivateIpAddress: one.privateIp,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: one.privateIp }],
    Groups: one.groupIds.map((GroupId) => ({ GroupId, GroupName: world.ec2.securityGroups.get(GroupId)?.name })),
    InterfaceType: 'interface',
    Status: 'in-use',
    SourceDestCheck: true,
    TagSet: tagList(one.tags),
  };
}
