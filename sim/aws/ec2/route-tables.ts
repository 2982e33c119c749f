import type {
  CreateRouteTableRequest,
  CreateRouteTableResult,
  DeleteRouteTableRequest,
  DescribeRouteTablesRequest,
  DescribeRouteTablesResult,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { ensureDefaultVpc } from './default-vpc.ts';
import { describeAll } from './describing.ts';
import { existing, remove } from './lookup.ts';
import { missing } from './resource-kinds.ts';
import { routeShapes, routeTableShape } from './route-table-shape.ts';
import type { RouteTable } from './state.ts';
import { indexTags, tagsFor } from './tags.ts';
import { vpcNamed } from './vpcs.ts';

export function createRouteTable(world: World, input: CreateRouteTableRequest): CreateRouteTableResult {
  const { id: vpcId } = vpcNamed(world, input.VpcId ?? '');
  const tags = tagsFor('route-table', input.TagSpecifications);
  const table: RouteTable = { id: `rtb-0${world.uniqueHex(16)}`, vpcId, routes: [], associations: [], tags };
  world.ec2.routeTables.set(table.id, table);
  indexTags(world, { kind: 'route-table', ...table });
  return { RouteTable: routeTableShape(world, table) };
}

/** Refused for a main table and while a subnet has it. */
export function deleteRouteTable(world: World, { RouteTableId }: DeleteRouteTableRequest): void {
  const { id, associations } = existing(world.ec2.routeTables, RouteTableId, missing.routeTable);
  if (associations.length > 0) {
    throw new Refusal('DependencyViolation', `The routeTable '${id}' has dependencies and cannot be deleted.`);
  }
  remove(world, id);
}

export function describeRouteTables(world: World, input: DescribeRouteTablesRequest): DescribeRouteTablesResult {
  ensureDefaultVpc(world);
  const { items, nextToken } = describeAll({
    all: world.ec2.routeTables,
    ids: input.RouteTableIds,
    missing: missing.routeTable,
    filters: input.Filters,
    fields: {
      'route-table-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'association.main': ({ associations }) => associations.map(({ subnetId }) => String(subnetId === undefined)),
      'association.subnet-id': ({ associations }) => associations.flatMap(({ subnetId }) => subnetId ?? []),
      'association.route-table-association-id': ({ associations }) => associations.map(({ id }) => id),
      'association.route-table-id': ({ id, associations }) => associations.map(() => id),
      'route.destination-cidr-block': (table) =>
        routeShapes(world, table).flatMap(({ DestinationCidrBlock }) => DestinationCidrBlock ?? []),
      'owner-id': () => [world.accountId],
    },
    limit: input.MaxResults,
    token: input.NextToken,
  });
  return { RouteTables: items.map((table) => routeTableShape(world, table)), NextToken: nextToken };
}
