import type { InventoryItem } from '../inventory-item.ts';
import type { Tags } from '../tag-index.ts';
import type { World } from '../world.ts';
import { ec2Arn } from './arn.ts';

/** Every network and what is in it, for the page that lists the account. */
export function inventoryOf(world: World): InventoryItem[] {
  const { vpcs, subnets, securityGroups, networkInterfaces, internetGateways, elasticIps, natGateways, routeTables } =
    world.ec2;
  return [
    ...listed(world, { kind: 'vpc', all: vpcs, detail: ({ cidr }) => ({ cidr }) }),
    ...listed(world, { kind: 'subnet', all: subnets, detail: ({ availabilityZone: zone }) => ({ zone }) }),
    ...listed(world, { kind: 'security-group', all: securityGroups, detail: ({ name }) => ({ name }) }),
    ...listed(world, { kind: 'network-interface', all: networkInterfaces, detail: ({ privateIp }) => ({ privateIp }) }),
    ...listed(world, {
      kind: 'internet-gateway',
      all: internetGateways,
      detail: ({ vpcId }) => ({ vpc: vpcId ?? '' }),
    }),
    ...listed(world, { kind: 'elastic-ip', all: elasticIps, detail: ({ publicIp }) => ({ publicIp }) }),
    ...listed(world, { kind: 'natgateway', all: natGateways, detail: ({ subnetId: subnet }) => ({ subnet }) }),
    ...listed(world, { kind: 'route-table', all: routeTables, detail: ({ vpcId: vpc }) => ({ vpc }) }),
  ];
}

interface Listing<T> {
  readonly kind: string;
  readonly all: ReadonlyMap<string, T>;
  readonly detail: (item: T) => Readonly<Record<string, string>>;
}

function listed<T extends { readonly id: string; readonly tags: Tags }>(
  world: World,
  { kind, all, detail }: Listing<T>,
): InventoryItem[] {
  return [...all.values()].map((item) => ({
    service: 'ec2',
    kind: kind === 'natgateway' ? 'nat gateway' : kind.replace('-', ' '),
    name: item.id,
    arn: ec2Arn(world, kind, item.id),
    status: statusOf(kind, item),
    tags: item.tags,
    detail: detail(item),
  }));
}

function statusOf(kind: string, item: object): string {
  if ('state' in item) {
    return String(item.state);
  }
  return kind === 'network-interface' ? 'in-use' : 'available';
}
