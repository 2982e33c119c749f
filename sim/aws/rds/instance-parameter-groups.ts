import type {
  CreateDBParameterGroupMessage,
  CreateDBParameterGroupResult,
  DBParameterGroup,
  DBParameterGroupDetails,
  DBParameterGroupNameMessage,
  DBParameterGroupsMessage,
  DeleteDBParameterGroupMessage,
  DescribeDBParameterGroupsMessage,
  DescribeDBParametersMessage,
  ModifyDBParameterGroupMessage,
  ResetDBParameterGroupMessage,
} from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { parametersOf, resetParameters, setParameters } from './group-parameters.ts';
import { keyOf, newIdentifier, rdsArn } from './identifiers.ts';
import { recordsOf } from './paging.ts';
import { isPostgresFamily, postgresFamily } from './postgres-engine.ts';
import type { ParameterGroup } from './state.ts';
import { tagsIn } from './tag-rules.ts';

const KNOWN_FAMILY = /^(aurora-(mysql|postgresql)|postgres)\d[\d.]*$/;

/** Throws DBParameterGroupNotFoundFault; `default.<family>` always exists. */
export function instanceParameterGroupNamed(world: World, name: string): ParameterGroup {
  const key = keyOf(name);
  const group = world.rds.instanceParameterGroups.get(key) ?? defaultGroup(world, key);
  if (!group) {
    throw new Refusal('DBParameterGroupNotFoundFault', `DBParameterGroup not found: ${name}`);
  }
  return group;
}

function defaultGroup(world: World, key: string): ParameterGroup | undefined {
  const family = key.replace(/^default\./, '');
  if (family === key || !KNOWN_FAMILY.test(family)) {
    return undefined;
  }
  const description = `Default parameter group for ${family}`;
  return { name: key, arn: rdsArn(world, 'pg', key), family, description, parameters: new Map(), tags: {} };
}

/** The group that an instance outside clusters gets. Throws InvalidParameterCombination for one of another family. */
export function postgresParameterGroup(world: World, version: string, asked: string | undefined): string {
  const family = postgresFamily(version);
  const group = instanceParameterGroupNamed(world, asked ?? `default.${family}`);
  if (group.family !== family) {
    throw new Refusal(
      'InvalidParameterCombination',
      `The Parameter Group ${group.name} with DBParameterGroupFamily ${group.family} can't be used for this instance. Please use a Parameter Group with DBParameterGroupFamily ${family}`,
    );
  }
  return group.name;
}

function create(world: World, input: CreateDBParameterGroupMessage): CreateDBParameterGroupResult {
  const name = newIdentifier('DBParameterGroupName', input.DBParameterGroupName ?? '');
  if (world.rds.instanceParameterGroups.has(name)) {
    throw new Refusal('DBParameterGroupAlreadyExistsFault', `Parameter group ${name} already exists`);
  }
  const { DBParameterGroupFamily: family = '', Description: description = '' } = input;
  if (!KNOWN_FAMILY.test(family) || (family.startsWith('postgres') && !isPostgresFamily(family))) {
    throw new Refusal('InvalidParameterValue', `ParameterGroupFamily ${family} is not a valid parameter group family`);
  }
  const arn = rdsArn(world, 'pg', name);
  const group = { name, arn, family, description, parameters: new Map(), tags: tagsIn(input.Tags) };
  world.rds.instanceParameterGroups.set(name, group);
  world.tagIndex.put(arn, group.tags);
  return { DBParameterGroup: shapeOf(group) };
}

function describe(world: World, input: DescribeDBParameterGroupsMessage): DBParameterGroupsMessage {
  const { DBParameterGroupName: name } = input;
  const { instanceParameterGroups: all } = world.rds;
  const found = name === undefined ? [...all.values()] : [instanceParameterGroupNamed(world, name)];
  const { items, Marker } = recordsOf(found, input, (group) => group.name);
  return { DBParameterGroups: items.map(shapeOf), Marker };
}

function remove(world: World, { DBParameterGroupName = '' }: DeleteDBParameterGroupMessage): void {
  const group = changeable(world, DBParameterGroupName);
  const instances = [...world.rds.instances.values(), ...world.rds.plainInstances.values()];
  if (instances.some(({ parameterGroup }) => parameterGroup === group.name)) {
    throw new Refusal(
      'InvalidDBParameterGroupStateFault',
      'One or more database instances are still members of this parameter group.',
    );
  }
  world.rds.instanceParameterGroups.delete(group.name);
  world.tagIndex.remove(group.arn);
}

/** "You can't delete a default DB parameter group", nor change one (RDS User Guide, parameter groups). */
function changeable(world: World, name = ''): ParameterGroup {
  return instanceParameterGroupNamed(world, newIdentifier('DBParameterGroupName', name));
}

function modify(world: World, input: ModifyDBParameterGroupMessage): DBParameterGroupNameMessage {
  const group = changeable(world, input.DBParameterGroupName);
  setParameters(group, input.Parameters);
  return { DBParameterGroupName: group.name };
}

function reset(world: World, input: ResetDBParameterGroupMessage): DBParameterGroupNameMessage {
  const group = changeable(world, input.DBParameterGroupName);
  resetParameters(group, input);
  return { DBParameterGroupName: group.name };
}

function describeParameters(world: World, input: DescribeDBParametersMessage): DBParameterGroupDetails {
  return parametersOf(instanceParameterGroupNamed(world, input.DBParameterGroupName ?? ''), input);
}

function shapeOf(group: ParameterGroup): DBParameterGroup {
  return {
    DBParameterGroupName: group.name,
    DBParameterGroupArn: group.arn,
    DBParameterGroupFamily: group.family,
    Description: group.description,
  };
}

export function instanceParameterGroupHandlers(world: World): Record<string, Handler> {
  return {
    CreateDBParameterGroup: (input: CreateDBParameterGroupMessage) => create(world, input),
    DescribeDBParameterGroups: (input: DescribeDBParameterGroupsMessage) => describe(world, input),
    ModifyDBParameterGroup: (input: ModifyDBParameterGroupMessage) => modify(world, input),
    ResetDBParameterGroup: (input: ResetDBParameterGroupMessage) => reset(world, input),
    DescribeDBParameters: (input: DescribeDBParametersMessage) => describeParameters(world, input),
    DeleteDBParameterGroup: (input: DeleteDBParameterGroupMessage) => remove(world, input),
  };
}
