import {
  AssociateRouteTableCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateTagsCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DeleteSubnetCommand,
  DescribeRouteTablesCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  type Filter,
  ReplaceRouteCommand,
  ReplaceRouteTableAssociationCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { type SmallNetwork, startSmallNetwork } from './small-network.ts';

const DestinationCidrBlock = '0.0.0.0/0';

async function tableIn({ ec2, VpcId }: SmallNetwork): Promise<string> {
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  return RouteTable?.RouteTableId ?? '';
}

async function tables({ ec2 }: SmallNetwork, ...Filters: Filter[]) {
  return (await ec2.send(new DescribeRouteTablesCommand({ Filters }))).RouteTables ?? [];
}

describe('a route', () => {
  it('is made once, replaced and deleted', async () => {
    const network = await startSmallNetwork();
    const { ec2, InternetGatewayId: GatewayId } = network;
    const RouteTableId = await tableIn(network);
    const route = { RouteTableId, DestinationCidrBlock, GatewayId };
    await expect(ec2.send(new ReplaceRouteCommand(route))).rejects.toMatchObject({ name: 'InvalidRoute.NotFound' });
    await ec2.send(new CreateRouteCommand(route));
    await expect(ec2.send(new CreateRouteCommand(route))).rejects.toMatchObject({ name: 'RouteAlreadyExists' });
    await ec2.send(new ReplaceRouteCommand(route));
    const found = await tables(network, { Name: 'route-table-id', Values: [RouteTableId] });
    expect(found[0]?.Routes?.slice(1)).toMatchObject([
      { DestinationCidrBlock, GatewayId, Origin: 'CreateRoute', State: 'active' },
    ]);
    const remove = new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock });
    await ec2.send(remove);
    await expect(ec2.send(remove)).rejects.toMatchObject({ name: 'InvalidRoute.NotFound' });
  });

  it('does not lead to a gateway of no network, of another or of none that exists', async () => {
    const network = await startSmallNetwork();
    const RouteTableId = await tableIn(network);
    const { InternetGateway } = await network.ec2.send(new CreateInternetGatewayCommand({}));
    const to = async (target: { GatewayId?: string | undefined; NatGatewayId?: string }) =>
      await network.ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, ...target }));
    await expect(to({ GatewayId: InternetGateway?.InternetGatewayId })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await expect(to({ GatewayId: 'igw-0' })).rejects.toMatchObject({ name: 'InvalidGatewayID.NotFound' });
    await expect(to({ NatGatewayId: 'nat-0' })).rejects.toMatchObject({ name: 'InvalidNatGatewayID.NotFound' });
    await expect(to({})).rejects.toMatchObject({ name: 'MissingParameter' });
  });

  it('is a black hole once its gateway is detached', async () => {
    const network = await startSmallNetwork();
    const { ec2, VpcId, InternetGatewayId } = network;
    const RouteTableId = await tableIn(network);
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, GatewayId: InternetGatewayId }));
    await ec2.send(new DetachInternetGatewayCommand({ VpcId, InternetGatewayId }));
    const [table] = await tables(network, { Name: 'route-table-id', Values: [RouteTableId] });
    expect(table?.Routes?.[1]?.State).toBe('blackhole');
  });
});

describe('a route table', () => {
  it('is a subnet’s until it is taken away, and not deleted before', async () => {
    const network = await startSmallNetwork();
    const { ec2, SubnetId } = network;
    const [RouteTableId, other] = [await tableIn(network), await tableIn(network)];
    const { AssociationId = '' } = await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    const second = ec2.send(new AssociateRouteTableCommand({ RouteTableId: other, SubnetId }));
    await expect(second).rejects.toMatchObject({ name: 'Resource.AlreadyAssociated' });
    const byAssociation = { Name: 'association.route-table-association-id', Values: [AssociationId] };
    expect(await tables(network, byAssociation)).toMatchObject([
      { RouteTableId, Associations: [{ SubnetId, Main: false, AssociationState: { State: 'associated' } }] },
    ]);
    const remove = new DeleteRouteTableCommand({ RouteTableId });
    await expect(ec2.send(remove)).rejects.toMatchObject({ name: 'DependencyViolation' });
    const { NewAssociationId } = await ec2.send(
      new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId: other }),
    );
    await ec2.send(remove);
    await ec2.send(new DisassociateRouteTableCommand({ AssociationId: NewAssociationId }));
    await ec2.send(new DeleteRouteTableCommand({ RouteTableId: other }));
    expect(await tables(network, { Name: 'association.subnet-id', Values: [SubnetId] })).toEqual([]);
  });

  it('loses its subnet with the subnet', async () => {
    const network = await startSmallNetwork();
    const { ec2, SubnetId } = network;
    const RouteTableId = await tableIn(network);
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await ec2.send(new DeleteRouteTableCommand({ RouteTableId }));
    expect(await tables(network, { Name: 'route-table-id', Values: [RouteTableId] })).toEqual([]);
  });

  it('is tagged and found by its tags', async () => {
    const network = await startSmallNetwork();
    const RouteTableId = await tableIn(network);
    await network.ec2.send(new CreateTagsCommand({ Resources: [RouteTableId], Tags: [{ Key: 'Name', Value: 'out' }] }));
    expect(await tables(network, { Name: 'tag:Name', Values: ['out'] })).toMatchObject([{ RouteTableId }]);
  });
});
