import type {
  DescribeNatGatewaysRequest,
  DescribeNatGatewaysResult,
  NatGateway as NatGatewayShape,
} from '@aws-sdk/client-ec2';
import type { World } from '../world.ts';
import { describeAll } from './describing.ts';
import { missing } from './resource-kinds.ts';
import type { NatGateway } from './state.ts';
import { tagList } from './tags.ts';

export function describeNatGateways(world: World, input: DescribeNatGatewaysRequest): DescribeNatGatewaysResult {
  const { items, nextToken } = describeAll({
    all: world.ec2.natGateways,
    ids: input.NatGatewayIds,
    missing: missing.natGateway,
    filters: input.Filter,
    fields: {
      'nat-gateway-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'subnet-id': ({ subnetId }) => [subnetId],
      state: ({ state }) => [state],
    },
    limit: input.MaxResults,
    token: input.NextToken,
  });
  return { NatGateways: items.map(natGatewayShape), NextToken: nextToken };
}

export function natGatewayShape(nat: NatGateway): NatGatewayShape {
  return {
    NatGatewayId: nat.id,
    VpcId: nat.vpcId,
    SubnetId: nat.subnetId,
    State: nat.state,
    ConnectivityType: nat.allocationId === undefined ? 'private' : 'public',
    CreateTime: nat.createdAt,
    DeleteTime: nat.deletedAt,
    NatGatewayAddresses: [
      {
        AllocationId: nat.allocationId,
        NetworkInterfaceId: nat.networkInterfaceId,
        PrivateIp: nat.privateIp,
        PublicIp: nat.publicIp,
        IsPrimary: true,
        Status: 'succeeded',
      },
    ],
    ...(nat.state === 'failed' && {
      FailureCode: 'Gateway.NotAttached',
      FailureMessage: `Network ${nat.vpcId} has no Internet gateway attached`,
    }),
    Tags: tagList(nat.tags),
  };
}
