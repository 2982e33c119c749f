import type {
  AssociateRouteTableRequest,
  AssociateRouteTableResult,
  DisassociateRouteTableRequest,
  ReplaceRouteTableAssociationRequest,
  ReplaceRouteTableAssociationResult,
} from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { existing } from './lookup.ts';
import { missing } from './resource-kinds.ts';
import type { RouteTable } from './state.ts';

/** A subnet has one table; one that has another already keeps it. */
export function associateRouteTable(world: World, input: AssociateRouteTableRequest): AssociateRouteTableResult {
  const { routeTables, subnets } = world.ec2;
  const table = existing(routeTables, input.RouteTableId, missing.routeTable);
  const subnet = existing(subnets, input.SubnetId, missing.subnet);
  if (subnet.vpcId !== table.vpcId) {
    throw new Refusal(
      'InvalidParameterValue',
      `route table ${table.id} and subnet ${subnet.id} belong to different networks`,
    );
  }
  if (
    [...routeTables.values()].some(({ associations }) => associations.some(({ subnetId }) => subnetId === subnet.id))
  ) {
    throw new Refusal(
      'Resource.AlreadyAssociated',
      `the specified association for route table ${table.id} conflicts with an existing association`,
    );
  }
  return associated(world, table, subnet.id);
}

/** The subnet is left to the main table, which itself cannot be taken away. */
export function disassociateRouteTable(world: World, { AssociationId }: DisassociateRouteTableRequest): void {
  const { table, subnetId } = standing(world, AssociationId);
  if (subnetId === undefined) {
    throw new Refusal('InvalidParameterValue', `cannot disassociate the main route table association ${AssociationId}`);
  }
  table.associations = table.associations.filter(({ id }) => id !== AssociationId);
}

/** The subnet, or the VPC when it is the association of its main table, goes over to another table. */
export function replaceRouteTableAssociation(
  world: World,
  { AssociationId, RouteTableId }: ReplaceRouteTableAssociationRequest,
): ReplaceRouteTableAssociationResult {
  const { table: left, subnetId } = standing(world, AssociationId);
  const table = existing(world.ec2.routeTables, RouteTableId, missing.routeTable);
  left.associations = left.associations.filter(({ id }) => id !== AssociationId);
  const { AssociationId: NewAssociationId, AssociationState } = associated(world, table, subnetId);
  return { NewAssociationId, AssociationState };
}

function associated(world: World, table: RouteTable, subnetId: string | undefined): AssociateRouteTableResult {
  const id = `rtbassoc-0${world.uniqueHex(16)}`;
  table.associations = [...table.associations, { id, subnetId }];
  return { AssociationId: id, AssociationState: { State: 'associated' } };
}

function standing(world: World, id: string | undefined): { table: RouteTable; subnetId: string | undefined } {
  for (const table of world.ec2.routeTables.values()) {
    const found = table.associations.find((association) => association.id === id);
    if (found) {
      return { table, subnetId: found.subnetId };
    }
  }
  throw new Refusal('InvalidAssociationID.NotFound', `The association ID '${id}' does not exist`);
}
