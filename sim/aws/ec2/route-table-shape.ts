import type { Route as RouteShape, RouteTable as RouteTableShape } from '@aws-sdk/client-ec2';
import type { World } from '../world.ts';
import type { Route, RouteTable } from './state.ts';
import { tagList } from './tags.ts';

export function routeTableShape(world: World, table: RouteTable): RouteTableShape {
  return {
    RouteTableId: table.id,
    VpcId: table.vpcId,
    OwnerId: world.accountId,
    Routes: routeShapes(world, table),
    Associations: table.associations.map(({ id, subnetId }) => ({
      RouteTableAssociationId: id,
      RouteTableId: table.id,
      SubnetId: subnetId,
      Main: subnetId === undefined,
      AssociationState: { State: 'associated' },
    })),
    PropagatingVgws: [],
    Tags: tagList(table.tags),
  };
}

export function routeShapes(world: World, { vpcId, routes }: RouteTable): RouteShape[] {
  const local: RouteShape = {
    DestinationCidrBlock: world.ec2.vpcs.get(vpcId)?.cidr,
    GatewayId: 'local',
    Origin: 'CreateRouteTable',
    State: 'active',
  };
  return [local, ...routes.map((route) => routeShape(world, route))];
}

/** A route whose target is gone is a `blackhole`. */
function routeShape({ ec2 }: World, { cidr, target }: Route): RouteShape {
  const leads =
    'gatewayId' in target
      ? ec2.internetGateways.get(target.gatewayId)?.vpcId !== undefined
      : ['pending', 'available'].includes(ec2.natGateways.get(target.natGatewayId)?.state ?? '');
  return {
    DestinationCidrBlock: cidr,
    ...('gatewayId' in target ? { GatewayId: target.gatewayId } : { NatGatewayId: target.natGatewayId }),
    Origin: 'CreateRoute',
    State: leads ? 'active' : 'blackhole',
  };
}
