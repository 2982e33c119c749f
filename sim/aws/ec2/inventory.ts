import type { InventoryItem } from '../inventory-item.ts';
import type { Tags } from '../tag-index.ts';
import type { World } from '../world.ts';
import { ec2Arn } from './arn.ts';

/** Every network, subnet, security group and interface, for the page that lists the account. */
export function inventoryOf(world: World): InventoryItem[] {
  const { vpcs, subnets, securityGroups, networkInterfaces } = world.ec2;
  return [
    ...listed(world, { kind: 'vpc', all: vpcs, detail: ({ cidr }) => ({ cidr }) }),
    ...listed(world, { kind: 'subnet', all: subnets, detail: ({ availabilityZone: zone }) => ({ zone }) }),
    ...listed(world, { kind: 'security-group', all: securityGroups, detail: ({ name }) => ({ name }) }),
    ...listed(world, { kind: 'network-interface', all: networkInterfaces, detail: ({ privateIp }) => ({ privateIp }) }),
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
    kind: kind.replace('-', ' '),
    name: item.id,
    arn: ec2Arn(world, kind, item.id),
    status: kind === 'network-interface' ? 'in-use' : 'available',
    tags: item.tags,
    detail: detail(item),
  }));
}
