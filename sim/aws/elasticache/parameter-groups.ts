import type {
  CacheParameterGroupDetails,
  CacheParameterGroupNameMessage,
  CacheParameterGroupsMessage,
  CacheParameterGroup as CacheParameterGroupView,
  CreateCacheParameterGroupMessage,
  CreateCacheParameterGroupResult,
  DeleteCacheParameterGroupMessage,
  DescribeCacheParameterGroupsMessage,
  DescribeCacheParametersMessage,
  ModifyCacheParameterGroupMessage,
  ParameterNameValue,
  ResetCacheParameterGroupMessage,
} from '@aws-sdk/client-elasticache';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { FAMILIES } from './engines.ts';
import { cacheArn, newName } from './names.ts';
import { recordsOf } from './paging.ts';
import { invalidCombination, invalidValue } from './refusals.ts';
import type { CacheParameterGroup } from './state.ts';
import { tagsIn } from './tag-rules.ts';

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheParameterGroup.html */
const MOST_AT_ONCE = 20;

/** Throws CacheParameterGroupNotFoundFault; the defaults of every family exist, with cluster mode on and off. */
export function parameterGroupNamed(world: World, name: string): CacheParameterGroup {
  const group = world.elasticache.parameterGroups.get(name.toLowerCase()) ?? defaultGroup(world, name);
  if (!group) {
    throw new Refusal('CacheParameterGroupNotFoundFault', `CacheParameterGroup ${name} not found.`);
  }
  return group;
}

function defaultGroup(world: World, name: string): CacheParameterGroup | undefined {
  const family = FAMILIES.find((known) => name === `default.${known}` || name === `default.${known}.cluster.on`);
  if (family === undefined) {
    return undefined;
  }
  const isCluster = name.endsWith('.cluster.on');
  return {
    name,
    arn: cacheArn(world, 'parametergroup', name),
    family,
    description: `Default parameter group for ${family}${isCluster ? ' with cluster mode on' : ''}`,
    parameters: new Map(
      isCluster ? [['cluster-enabled', { ParameterName: 'cluster-enabled', ParameterValue: 'yes' }]] : [],
    ),
    tags: {},
  };
}

/** Whether caches of the group are split over shards. */
export function hasClusterMode({ parameters }: CacheParameterGroup): boolean {
  return parameters.get('cluster-enabled')?.ParameterValue === 'yes';
}

function create(world: World, input: CreateCacheParameterGroupMessage): CreateCacheParameterGroupResult {
  const name = newName('CacheParameterGroupName', input.CacheParameterGroupName, 255);
  const { CacheParameterGroupFamily: family = '', Description: description = '' } = input;
  if (world.elasticache.parameterGroups.has(name)) {
    throw new Refusal('CacheParameterGroupAlreadyExistsFault', `A CacheParameterGroup ${name} already exists.`);
  }
  if (!(FAMILIES as readonly string[]).includes(family)) {
    throw invalidValue(`CacheParameterGroupFamily ${family} is not a valid parameter group family.`);
  }
  const arn = cacheArn(world, 'parametergroup', name);
  const group = { name, arn, family, description, parameters: new Map(), tags: tagsIn(input.Tags) };
  world.elasticache.parameterGroups.set(name, group);
  world.tagIndex.put(arn, group.tags);
  return { CacheParameterGroup: view(group) };
}

function describe(world: World, input: DescribeCacheParameterGroupsMessage): CacheParameterGroupsMessage {
  const { CacheParameterGroupName: name } = input;
  const { parameterGroups: all } = world.elasticache;
  const found = name === undefined ? [...all.values()] : [parameterGroupNamed(world, name)];
  const { items, Marker } = recordsOf(found, input, (group) => group.name);
  return { CacheParameterGroups: items.map(view), Marker };
}

/** Throws InvalidParameterValueException for a default group, which nobody changes. */
function changeable(world: World, name = ''): CacheParameterGroup {
  return parameterGroupNamed(world, newName('CacheParameterGroupName', name, 255));
}

/** Names and values are not checked against the engine's: the local cloud has no list of them. */
function modify(world: World, input: ModifyCacheParameterGroupMessage): CacheParameterGroupNameMessage {
  const group = changeable(world, input.CacheParameterGroupName);
  const changes = input.ParameterNameValues ?? [];
  if (changes.length < 1 || changes.length > MOST_AT_ONCE) {
    throw invalidValue(`Between 1 and ${MOST_AT_ONCE} parameters can be modified at once, not ${changes.length}.`);
  }
  for (const { ParameterName, ParameterValue } of changes.map(checked)) {
    group.parameters.set(ParameterName, { ParameterName, ParameterValue });
  }
  return { CacheParameterGroupName: group.name };
}

function checked({ ParameterName, ParameterValue }: ParameterNameValue) {
  if (!ParameterName || ParameterValue === undefined) {
    throw invalidValue('A parameter needs a name and a value.');
  }
  return { ParameterName, ParameterValue };
}

/** Back to the engine's defaults: the parameters named, or all of them. */
function reset(world: World, input: ResetCacheParameterGroupMessage): CacheParameterGroupNameMessage {
  const group = changeable(world, input.CacheParameterGroupName);
  const { ResetAllParameters = false, ParameterNameValues = [] } = input;
  if (ResetAllParameters === ParameterNameValues.length > 0) {
    throw invalidCombination('Either the parameters to reset or ResetAllParameters must be specified, and not both.');
  }
  const names = ResetAllParameters
    ? [...group.parameters.keys()]
    : ParameterNameValues.map(({ ParameterName = '' }) => ParameterName);
  for (const name of names) {
    group.parameters.delete(name);
  }
  return { CacheParameterGroupName: group.name };
}

/** Only what somebody set, whose source is `user`: the engine's own values are not known here. */
function describeParameters(world: World, input: DescribeCacheParametersMessage): CacheParameterGroupDetails {
  const group = parameterGroupNamed(world, input.CacheParameterGroupName ?? '');
  const isAsked = input.Source === undefined || input.Source === 'user';
  const all = isAsked ? [...group.parameters.values()] : [];
  const { items, Marker } = recordsOf(all, input, ({ ParameterName = '' }) => ParameterName);
  return { Parameters: items.map((one) => ({ ...one, Source: 'user', IsModifiable: true })), Marker };
}

function remove(world: World, { CacheParameterGroupName }: DeleteCacheParameterGroupMessage): void {
  const group = changeable(world, CacheParameterGroupName);
  const isUsed = [...world.elasticache.replicationGroups.values()].some(
    ({ settings }) => settings.parameterGroup === group.name,
  );
  if (isUsed) {
    throw new Refusal(
      'InvalidCacheParameterGroupStateFault',
      `One or more cache clusters are still members of this parameter group ${group.name}, so the group cannot be deleted.`,
    );
  }
  world.elasticache.parameterGroups.delete(group.name);
  world.tagIndex.remove(group.arn);
}

function view(group: CacheParameterGroup): CacheParameterGroupView {
  return {
    CacheParameterGroupName: group.name,
    CacheParameterGroupFamily: group.family,
    Description: group.description,
    IsGlobal: false,
    ARN: group.arn,
  };
}

export function parameterGroupHandlers(world: World): Record<string, Handler> {
  return {
    CreateCacheParameterGroup: (input: CreateCacheParameterGroupMessage) => create(world, input),
    DescribeCacheParameterGroups: (input: DescribeCacheParameterGroupsMessage) => describe(world, input),
    ModifyCacheParameterGroup: (input: ModifyCacheParameterGroupMessage) => modify(world, input),
    ResetCacheParameterGroup: (input: ResetCacheParameterGroupMessage) => reset(world, input),
    DescribeCacheParameters: (input: DescribeCacheParametersMessage) => describeParameters(world, input),
    DeleteCacheParameterGroup: (input: DeleteCacheParameterGroupMessage) => remove(world, input),
  };
}
