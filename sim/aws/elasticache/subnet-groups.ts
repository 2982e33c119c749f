import type {
  CacheSubnetGroupMessage,
  CacheSubnetGroup as CacheSubnetGroupView,
  CreateCacheSubnetGroupMessage,
  CreateCacheSubnetGroupResult,
  DeleteCacheSubnetGroupMessage,
  DescribeCacheSubnetGroupsMessage,
  ModifyCacheSubnetGroupMessage,
  ModifyCacheSubnetGroupResult,
} from '@aws-sdk/client-elasticache';
import { ensureDefaultVpc } from '../ec2/default-vpc.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { cacheArn } from './names.ts';
import { recordsOf } from './paging.ts';
import { invalidValue } from './refusals.ts';
import type { CacheSubnetGroup } from './state.ts';
import { tagsIn } from './tag-rules.ts';

/** Throws CacheSubnetGroupNotFoundFault. */
export function subnetGroupNamed({ elasticache }: World, name: string): CacheSubnetGroup {
  const group = elasticache.subnetGroups.get(name.toLowerCase());
  if (!group) {
    throw new Refusal('CacheSubnetGroupNotFoundFault', `CacheSubnetGroup not found: ${name}`);
  }
  return group;
}

/** The group asked for or, without one, `default` over the default VPC, made when it is first needed. */
export function subnetGroupFor(world: World, asked: string | undefined): CacheSubnetGroup {
  const existing = world.elasticache.subnetGroups.get('default');
  if (asked !== undefined || existing) {
    return subnetGroupNamed(world, asked ?? 'default');
  }
  const vpcId = ensureDefaultVpc(world).id;
  const subnets = [...world.ec2.subnets.values()].filter((subnet) => subnet.vpcId === vpcId);
  const subnetIds = subnets.map(({ id }) => id);
  return keep(world, { name: 'default', description: 'Default CacheSubnetGroup', vpcId, subnetIds, tags: {} });
}

function keep(world: World, group: Omit<CacheSubnetGroup, 'arn'>): CacheSubnetGroup {
  const kept = { ...group, arn: cacheArn(world, 'subnetgroup', group.name) };
  world.elasticache.subnetGroups.set(kept.name, kept);
  world.tagIndex.put(kept.arn, kept.tags);
  return kept;
}

function create(world: World, input: CreateCacheSubnetGroupMessage): CreateCacheSubnetGroupResult {
  const name = (input.CacheSubnetGroupName ?? '').toLowerCase();
  if (!/^[a-z0-9-]{1,255}$/.test(name)) {
    throw invalidValue(`The parameter CacheSubnetGroupName is not valid: ${name}`);
  }
  if (world.elasticache.subnetGroups.has(name)) {
    throw new Refusal('CacheSubnetGroupAlreadyExistsFault', `Cache subnet group ${name} already exists.`);
  }
  const group = keep(world, {
    name,
    description: input.CacheSubnetGroupDescription ?? '',
    ...placeOf(world, input.SubnetIds),
    tags: tagsIn(input.Tags),
  });
  return { CacheSubnetGroup: view(world, group) };
}

/** Subnets of one VPC; one is enough, for a cache needs no second Availability Zone. */
function placeOf({ ec2 }: World, ids: readonly string[] = []): Pick<CacheSubnetGroup, 'vpcId' | 'subnetIds'> {
  const vpcs = new Set(ids.map((id) => ec2.subnets.get(id)?.vpcId));
  const [vpcId] = vpcs;
  if (vpcId === undefined || vpcs.size !== 1) {
    throw new Refusal(
      'InvalidSubnet',
      `Some input subnets in :[${ids.join(', ')}] are invalid, or they are not all in a common VPC.`,
    );
  }
  return { vpcId, subnetIds: ids };
}

function modify(world: World, input: ModifyCacheSubnetGroupMessage): ModifyCacheSubnetGroupResult {
  const group = subnetGroupNamed(world, input.CacheSubnetGroupName ?? '');
  if (input.SubnetIds) {
    const { vpcId, subnetIds } = placeOf(world, input.SubnetIds);
    if (vpcId !== group.vpcId) {
      throw new Refusal('InvalidSubnet', `The new subnets are not in the VPC of the group: ${group.vpcId}`);
    }
    group.subnetIds = subnetIds;
  }
  group.description = input.CacheSubnetGroupDescription ?? group.description;
  return { CacheSubnetGroup: view(world, group) };
}

function describe(world: World, input: DescribeCacheSubnetGroupsMessage): CacheSubnetGroupMessage {
  const { CacheSubnetGroupName: name } = input;
  const found = name === undefined ? [...world.elasticache.subnetGroups.values()] : [subnetGroupNamed(world, name)];
  const { items, Marker } = recordsOf(found, input, (group) => group.name);
  return { CacheSubnetGroups: items.map((group) => view(world, group)), Marker };
}

function remove(world: World, { CacheSubnetGroupName = '' }: DeleteCacheSubnetGroupMessage): void {
  const group = subnetGroupNamed(world, CacheSubnetGroupName);
  const user = [...world.elasticache.replicationGroups.values()].find(({ subnetGroup }) => subnetGroup === group.name);
  if (user) {
    throw new Refusal(
      'CacheSubnetGroupInUse',
      `Cache subnet group ${group.name} is currently in use by a cache cluster.`,
    );
  }
  world.elasticache.subnetGroups.delete(group.name);
  world.tagIndex.remove(group.arn);
}

function view({ ec2 }: World, group: CacheSubnetGroup): CacheSubnetGroupView {
  return {
    CacheSubnetGroupName: group.name,
    CacheSubnetGroupDescription: group.description,
    VpcId: group.vpcId,
    ARN: group.arn,
    SupportedNetworkTypes: ['ipv4'],
    Subnets: group.subnetIds.map((id) => ({
      SubnetIdentifier: id,
      SubnetAvailabilityZone: { Name: ec2.subnets.get(id)?.availabilityZone },
      SupportedNetworkTypes: ['ipv4'],
    })),
  };
}

export function subnetGroupHandlers(world: World): Record<string, Handler> {
  return {
    CreateCacheSubnetGroup: (input: CreateCacheSubnetGroupMessage) => create(world, input),
    DescribeCacheSubnetGroups: (input: DescribeCacheSubnetGroupsMessage) => describe(world, input),
    ModifyCacheSubnetGroup: (input: ModifyCacheSubnetGroupMessage) => modify(world, input),
    DeleteCacheSubnetGroup: (input: DeleteCacheSubnetGroupMessage) => remove(world, input),
  };
}
