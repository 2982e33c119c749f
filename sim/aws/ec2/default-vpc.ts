import type { World } from '../world.ts';
import { createDefaultGroup } from './default-group.ts';
import { createMainRouteTable } from './main-route-table.ts';
import type { Vpc } from './state.ts';
import { availabilityZones } from './zones.ts';

/** The default VPC that every Region of an account has, with one subnet a zone and a way to the internet; made when it is first looked at. */
export function ensureDefaultVpc(world: World): Vpc {
  const { vpcs, subnets, internetGateways } = world.ec2;
  const existing = [...vpcs.values()].find(({ isDefault }) => isDefault);
  if (existing) {
    return existing;
  }
  const vpc: Vpc = {
    id: `vpc-0${world.uniqueHex(16)}`,
    cidr: '172.31.0.0/16',
    isDefault: true,
    networkAclId: `acl-0${world.uniqueHex(16)}`,
    dnsSupport: true,
    dnsHostnames: true,
    tags: {},
  };
  vpcs.set(vpc.id, vpc);
  createDefaultGroup(world, vpc.id);
  const gatewayId = `igw-0${world.uniqueHex(16)}`;
  internetGateways.set(gatewayId, { id: gatewayId, vpcId: vpc.id, tags: {} });
  const main = createMainRouteTable(world, vpc.id);
  main.routes = [{ cidr: '0.0.0.0/0', target: { gatewayId } }];
  for (const [index, availabilityZone] of availabilityZones(world).entries()) {
    const id = `subnet-0${world.uniqueHex(16)}`;
    const cidr = `172.31.${index * 16}.0/20`;
    const place = { vpcId: vpc.id, cidr, availabilityZone };
    subnets.set(id, { id, ...place, isDefaultForZone: true, mapsPublicIps: true, tags: {} });
  }
  return vpc;
}
