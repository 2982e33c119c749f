import {
  DescribeAddressesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import type { Endpoint, Listings } from './listing.ts';

export function networkListings(endpoint: Endpoint): Listings {
  const ec2 = new EC2Client(endpoint);
  return {
    vpc: async () => (await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.map(({ VpcId }) => VpcId),
    subnet: async () => (await ec2.send(new DescribeSubnetsCommand({}))).Subnets?.map(({ SubnetId }) => SubnetId),
    'security group': async () =>
      (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups?.map(({ GroupId }) => GroupId),
    'internet gateway': async () =>
      (await ec2.send(new DescribeInternetGatewaysCommand({}))).InternetGateways?.map(
        ({ InternetGatewayId }) => InternetGatewayId,
      ),
    'nat gateway': async () =>
      (await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways?.filter(({ State }) => State !== 'deleted').map(
        ({ NatGatewayId }) => NatGatewayId,
      ),
    address: async () =>
      (await ec2.send(new DescribeAddressesCommand({}))).Addresses?.map(({ AllocationId }) => AllocationId),
    'route table': async () =>
      (await ec2.send(new DescribeRouteTablesCommand({}))).RouteTables?.map(({ RouteTableId }) => RouteTableId),
    'network interface': async () => {
      const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
      const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
      // None outlives its VPC, which AWS would not delete; moto forgets that a NAT gateway's went with the gateway.
      const standing = new Set(Vpcs.map(({ VpcId }) => VpcId));
      return NetworkInterfaces.filter(({ VpcId }) => standing.has(VpcId)).map(
        ({ NetworkInterfaceId }) => NetworkInterfaceId,
      );
    },
  };
}
