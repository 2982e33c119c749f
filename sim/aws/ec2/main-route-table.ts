import type { World } from '../world.ts';
import type { RouteTable } from './state.ts';

/** The table that comes with a VPC and holds for every subnet that has no other. */
export function createMainRouteTable(world: World, vpcId: string): RouteTable {
  const table: RouteTable = {
    id: `rtb-0${world.uniqueHex(16)}`,
    vpcId,
    routes: [],
    associations: [{ id: `rtbassoc-0${world.uniqueHex(16)}`, subnetId: undefined }],
    tags: {},
  };
  world.ec2.routeTables.set(table.id, table);
  return table;
}

export function isMain({ associations }: RouteTable): boolean {
  return associations.some(({ subnetId }) => subnetId === undefined);
}
