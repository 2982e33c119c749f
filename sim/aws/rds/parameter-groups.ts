import type {
  CreateDBClusterParameterGroupMessage,
  CreateDBClusterParameterGroupResult,
  DBClusterParameterGroup,
  DBClusterParameterGroupsMessage,
  DeleteDBClusterParameterGroupMessage,
  DescribeDBClusterParameterGroupsMessage,
} from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { engineNamed } from './engines.ts';
import { keyOf, newIdentifier, rdsArn } from './identifiers.ts';
import { recordsOf } from './paging.ts';
import type { ParameterGroup } from './state.ts';
import { tagsIn } from './tag-rules.ts';

/** Of a named group. Throws DBClusterParameterGroupNotFoundFault; `default.<family>` always exists. */
export function parameterGroupNamed(world: World, name: string): ParameterGroup {
  return findGroup(world, name, 'DBClusterParameterGroupNotFoundFault');
}

/**
 * The same for the operations whose subject is the group: they say it with the fault of plain parameter groups.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterParameterGroups.html
 */
export function parameterGroupToRead(world: World, name: string): ParameterGroup {
  return findGroup(world, name, 'DBParameterGroupNotFoundFault');
}

function findGroup(world: World, name: string, fault: string): ParameterGroup {
  const key = keyOf(name);
  const group = world.rds.parameterGroups.get(key) ?? defaultGroup(world, key);
  if (!group) {
    throw new Refusal(fault, `DBClusterParameterGroup not found: ${name}`);
  }
  return group;
}

function defaultGroup(world: World, key: string): ParameterGroup | undefined {
  const family = /^default\.(aurora-(?:mysql|postgresql)\d[\d.]*)$/.exec(key)?.[1];
  if (family === undefined) {
    return undefined;
  }
  const description = `Default cluster parameter group for ${family}`;
  return { name: key, arn: rdsArn(world, 'cluster-pg', key), family, description, parameters: new Map(), tags: {} };
}

/**
 * The group a cluster of this engine gets: the one asked for, or the engine's default, **not** the source's, when a
 * clone asks for none. Throws InvalidParameterCombination when its family is not the engine's.
 */
export function parameterGroupFor(
  world: World,
  { engine, version, asked }: { engine: string; version: string; asked: string | undefined },
): string {
  const family = engineNamed(engine).family(version);
  if (asked === undefined) {
    return `default.${family}`;
  }
  const group = parameterGroupNamed(world, asked);
  if (group.family !== family) {
    throw new Refusal(
      'InvalidParameterCombination',
      `The Parameter Group ${group.name} with DBParameterGroupFamily ${group.family} can't be used for this instance. Please use a Parameter Group with DBParameterGroupFamily ${family}`,
    );
  }
  return group.name;
}

export function createParameterGroup(
  world: World,
  input: CreateDBClusterParameterGroupMessage,
): CreateDBClusterParameterGroupResult {
  const name = newIdentifier('DBClusterParameterGroupName', input.DBClusterParameterGroupName ?? '');
  if (world.rds.parameterGroups.has(name)) {
    throw new Refusal('DBParameterGroupAlreadyExistsFault', `Parameter group ${name} already exists`);
  }
  const family = input.DBParameterGroupFamily ?? '';
  if (!/^aurora-(mysql|postgresql)\d[\d.]*$/.test(family)) {
    throw new Refusal('InvalidParameterValue', `ParameterGroupFamily ${family} is not a valid parameter group family`);
  }
  const arn = rdsArn(world, 'cluster-pg', name);
  const description = input.Description ?? '';
  const group = { name, arn, family, description, parameters: new Map(), tags: tagsIn(input.Tags) };
  world.rds.parameterGroups.set(name, group);
  world.tagIndex.put(arn, group.tags);
  return { DBClusterParameterGroup: shapeOf(group) };
}

export function describeParameterGroups(
  world: World,
  input: DescribeDBClusterParameterGroupsMessage,
): DBClusterParameterGroupsMessage {
  const { DBClusterParameterGroupName: name } = input;
  const found = name === undefined ? [...world.rds.parameterGroups.values()] : [parameterGroupToRead(world, name)];
  const { items, Marker } = recordsOf(found, input, (group) => group.name);
  return { DBClusterParameterGroups: items.map(shapeOf), Marker };
}

export function deleteParameterGroup(
  world: World,
  { DBClusterParameterGroupName = '' }: DeleteDBClusterParameterGroupMessage,
): void {
  const group = world.rds.parameterGroups.get(keyOf(DBClusterParameterGroupName));
  if (!group) {
    // DeleteDBClusterParameterGroup models the fault of plain parameter groups.
    throw new Refusal(
      'DBParameterGroupNotFoundFault',
      `DBClusterParameterGroup not found: ${DBClusterParameterGroupName}`,
    );
  }
  if ([...world.rds.clusters.values()].some(({ parameterGroup }) => parameterGroup === group.name)) {
    throw new Refusal(
      'InvalidDBParameterGroupStateFault',
      'One or more database clusters are still members of this parameter group.',
    );
  }
  world.rds.parameterGroups.delete(group.name);
  world.tagIndex.remove(group.arn);
}

function shapeOf(group: ParameterGroup): DBClusterParameterGroup {
  return {
    DBClusterParameterGroupName: group.name,
    DBClusterParameterGroupArn: group.arn,
    DBParameterGroupFamily: group.family,
    Description: group.description,
  };
}
