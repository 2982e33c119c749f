import type {
  CreateRouteRequest,
  CreateRouteResult,
  DeleteRouteRequest,
  ReplaceRouteRequest,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { rangeOf } from './cidr.ts';
import { existing } from './lookup.ts';
import { missing } from './resource-kinds.ts';
import type { Route, RouteTable } from './state.ts';

export function createRoute(world: World, input: CreateRouteRequest): CreateRouteResult {
  const { table, route } = asked(world, input);
  if (table.routes.some(({ cidr }) => cidr === route.cidr)) {
    throw new Refusal('RouteAlreadyExists', `The route identified by ${route.cidr} already exists.`);
  }
  table.routes = [...table.routes, route];
  return { Return: true };
}

export function replaceRoute(world: World, input: ReplaceRouteRequest): void {
  const { table, route } = asked(world, input);
  const standing = standingRoute(table, route.cidr);
  table.routes = table.routes.map((one) => (one === standing ? route : one));
}

export function deleteRoute(world: World, { RouteTableId, DestinationCidrBlock = '' }: DeleteRouteRequest): void {
  const table = existing(world.ec2.routeTables, RouteTableId, missing.routeTable);
  const standing = standingRoute(table, DestinationCidrBlock);
  table.routes = table.routes.filter((one) => one !== standing);
}

function standingRoute({ id, routes }: RouteTable, cidr: string): Route {
  const standing = routes.find((one) => one.cidr === cidr);
  if (!standing) {
    throw new Refusal('InvalidRoute.NotFound', `no route with destination-cidr-block ${cidr} in route table ${id}`);
  }
  return standing;
}

function asked(world: World, input: CreateRouteRequest): { table: RouteTable; route: Route } {
  const table = existing(world.ec2.routeTables, input.RouteTableId, missing.routeTable);
  const cidr = input.DestinationCidrBlock ?? '';
  rangeOf(cidr);
  return { table, route: { cidr, target: targetIn(world, table, input) } };
}

/** A gateway of the table's own VPC. */
function targetIn(world: World, table: RouteTable, { GatewayId, NatGatewayId }: CreateRouteRequest): Route['target'] {
  if (GatewayId === undefined && NatGatewayId === undefined) {
    throw new Refusal(
      'MissingParameter',
      'The request must contain a gateway ID or a NAT gateway ID: the local cloud has no other targets.',
    );
  }
  const { internetGateways, natGateways } = world.ec2;
  const [gateway, target] =
    NatGatewayId === undefined
      ? [
          existing(internetGateways, GatewayId, ['InvalidGatewayID.NotFound', 'gateway ID']),
          { gatewayId: GatewayId ?? '' },
        ]
      : [
          existing(natGateways, NatGatewayId, ['InvalidNatGatewayID.NotFound', 'natGateway ID']),
          { natGatewayId: NatGatewayId },
        ];
  if (gateway.vpcId !== table.vpcId) {
    throw new Refusal(
      'InvalidParameterValue',
      `route table ${table.id} and network gateway ${gateway.id} belong to different networks`,
    );
  }
  return target;
}
