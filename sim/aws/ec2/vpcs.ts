import type {
  CreateVpcRequest,
  CreateVpcResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
  Vpc as VpcShape,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { rangeOf } from './cidr.ts';
import { createDefaultGroup } from './default-group.ts';
import { ensureDefaultVpc } from './default-vpc.ts';
import { describeAll } from './describing.ts';
import { existing } from './lookup.ts';
import { createMainRouteTable } from './main-route-table.ts';
import { missing } from './resource-kinds.ts';
import type { Vpc } from './state.ts';
import { indexTags, tagList, tagsFor } from './tags.ts';

export function vpcNamed({ ec2 }: World, id: string): Vpc {
  return existing(ec2.vpcs, id, missing.vpc);
}

export function createVpc(world: World, input: CreateVpcRequest): CreateVpcResult {
  const { size } = rangeOf(input.CidrBlock ?? '');
  if (size < 16 || size > 65_536) {
    throw new Refusal('InvalidVpc.Range', `The CIDR '${input.CidrBlock}' is invalid.`);
  }
  const vpc: Vpc = {
    id: `vpc-0${world.uniqueHex(16)}`,
    cidr: input.CidrBlock ?? '',
    isDefault: false,
    networkAclId: `acl-0${world.uniqueHex(16)}`,
    dnsSupport: true,
    dnsHostnames: false,
    tags: tagsFor('vpc', input.TagSpecifications),
  };
  world.ec2.vpcs.set(vpc.id, vpc);
  indexTags(world, { kind: 'vpc', ...vpc });
  createDefaultGroup(world, vpc.id);
  createMainRouteTable(world, vpc.id);
  return { Vpc: shapeOf(world, vpc) };
}

export function describeVpcs(world: World, input: DescribeVpcsRequest): DescribeVpcsResult {
  ensureDefaultVpc(world);
  const { items, nextToken } = describeAll({
    all: world.ec2.vpcs,
    ids: input.VpcIds,
    missing: missing.vpc,
    filters: input.Filters,
    fields: {
      'vpc-id': ({ id }) => [id],
      cidr: ({ cidr }) => [cidr],
      'cidr-block-association.cidr-block': ({ cidr }) => [cidr],
      state: () => ['available'],
      'is-default': ({ isDefault }) => [String(isDefault)],
      isDefault: ({ isDefault }) => [String(isDefault)],
      'owner-id': () => [world.accountId],
    },
    limit: input.MaxResults,
    token: input.NextToken,
  });
  return { Vpcs: items.map((vpc) => shapeOf(world, vpc)), NextToken: nextToken };
}

function shapeOf({ accountId }: World, vpc: Vpc): VpcShape {
  return {
    VpcId: vpc.id,
    OwnerId: accountId,
    CidrBlock: vpc.cidr,
    CidrBlockAssociationSet: [
      {
        AssociationId: `vpc-cidr-assoc-0${vpc.id.slice(-16)}`,
        CidrBlock: vpc.cidr,
        CidrBlockState: { State: 'associated' },
      },
    ],
    State: 'available',
    IsDefault: vpc.isDefault,
    InstanceTenancy: 'default',
    DhcpOptionsId: `dopt-0${vpc.id.slice(-16)}`,
    Tags: tagList(vpc.tags),
  };
}
