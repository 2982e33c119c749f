import type {
  CreateSubnetRequest,
  CreateSubnetResult,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  Subnet as SubnetShape,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { ec2Arn } from './arn.ts';
import { holds, overlap, rangeOf } from './cidr.ts';
import { ensureDefaultVpc } from './default-vpc.ts';
import { describeAll } from './describing.ts';
import { missing } from './resource-kinds.ts';
import type { Subnet } from './state.ts';
import { indexTags, tagList, tagsFor } from './tags.ts';
import { vpcNamed } from './vpcs.ts';
import { availabilityZones, zoneIdOf } from './zones.ts';

export function createSubnet(world: World, input: CreateSubnetRequest): CreateSubnetResult {
  const vpc = vpcNamed(world, input.VpcId ?? '');
  const cidr = input.CidrBlock ?? '';
  const range = rangeOf(cidr);
  if (!holds(rangeOf(vpc.cidr), range)) {
    throw new Refusal('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`);
  }
  const siblings = [...world.ec2.subnets.values()].filter(({ vpcId }) => vpcId === vpc.id);
  if (siblings.some((subnet) => overlap(rangeOf(subnet.cidr), range))) {
    throw new Refusal('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`);
  }
  const subnet: Subnet = {
    id: `subnet-0${world.uniqueHex(16)}`,
    vpcId: vpc.id,
    cidr,
    availabilityZone: zoneOf(world, input.AvailabilityZone),
    isDefaultForZone: false,
    mapsPublicIps: false,
    tags: tagsFor('subnet', input.TagSpecifications),
  };
  world.ec2.subnets.set(subnet.id, subnet);
  indexTags(world, { kind: 'subnet', ...subnet });
  return { Subnet: shapeOf(world, subnet) };
}

function zoneOf(world: World, asked: string | undefined): string {
  const zones = availabilityZones(world);
  const zone = asked ?? zones[0] ?? '';
  if (!zones.includes(zone)) {
    throw new Refusal(
      'InvalidParameterValue',
      `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.join(', ')}.`,
    );
  }
  return zone;
}

export function describeSubnets(world: World, input: DescribeSubnetsRequest): DescribeSubnetsResult {
  ensureDefaultVpc(world);
  const { items, nextToken } = describeAll({
    all: world.ec2.subnets,
    ids: input.SubnetIds,
    missing: missing.subnet,
    filters: input.Filters,
    fields: {
      'subnet-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'cidr-block': ({ cidr }) => [cidr],
      'availability-zone': ({ availabilityZone }) => [availabilityZone],
      'availability-zone-id': ({ availabilityZone }) => [zoneIdOf(availabilityZone)],
      'default-for-az': ({ isDefaultForZone }) => [String(isDefaultForZone)],
      state: () => ['available'],
      'owner-id': () => [world.accountId],
    },
    limit: input.MaxResults,
    token: input.NextToken,
  });
  return { Subnets: items.map((subnet) => shapeOf(world, subnet)), NextToken: nextToken };
}

// AWS keeps the first four addresses of a subnet and its last.
const RESERVED_ADDRESSES = 5;

function shapeOf(world: World, subnet: Subnet): SubnetShape {
  const used = [...world.ec2.networkInterfaces.values()].filter(({ subnetId }) => subnetId === subnet.id).length;
  return {
    SubnetId: subnet.id,
    SubnetArn: ec2Arn(world, 'subnet', subnet.id),
    VpcId: subnet.vpcId,
    OwnerId: world.accountId,
    CidrBlock: subnet.cidr,
    AvailabilityZone: subnet.availabilityZone,
    AvailabilityZoneId: zoneIdOf(subnet.availabilityZone),
    AvailableIpAddressCount: rangeOf(subnet.cidr).size - RESERVED_ADDRESSES - used,
    DefaultForAz: subnet.isDefaultForZone,
    MapPublicIpOnLaunch: subnet.mapsPublicIps,
    MapCustomerOwnedIpOnLaunch: false,
    AssignIpv6AddressOnCreation: false,
    EnableDns64: false,
    Ipv6Native: false,
    Ipv6CidrBlockAssociationSet: [],
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    State: 'available',
    Tags: tagList(subnet.tags),
  };
}
