import type {
  DBClusterParameterGroupDetails,
  DBClusterParameterGroupNameMessage,
  DescribeDBClusterParametersMessage,
  ModifyDBClusterParameterGroupMessage,
  ResetDBClusterParameterGroupMessage,
} from '@aws-sdk/client-rds';
import type { World } from '../world.ts';
import { parametersOf, resetParameters, setParameters } from './group-parameters.ts';
import { newIdentifier } from './identifiers.ts';
import { parameterGroupToRead } from './parameter-groups.ts';
import type { ParameterGroup } from './state.ts';

export function modifyParameterGroup(
  world: World,
  input: ModifyDBClusterParameterGroupMessage,
): DBClusterParameterGroupNameMessage {
  const group = changeable(world, input.DBClusterParameterGroupName);
  setParameters(group, input.Parameters);
  return { DBClusterParameterGroupName: group.name };
}

export function resetParameterGroup(
  world: World,
  input: ResetDBClusterParameterGroupMessage,
): DBClusterParameterGroupNameMessage {
  const group = changeable(world, input.DBClusterParameterGroupName);
  resetParameters(group, input);
  return { DBClusterParameterGroupName: group.name };
}

/** A default group has a dot in its name, which no identifier may have, and so nobody can change it. */
function changeable(world: World, name = ''): ParameterGroup {
  return parameterGroupToRead(world, newIdentifier('DBClusterParameterGroupName', name));
}

export function describeParameters(
  world: World,
  input: DescribeDBClusterParametersMessage,
): DBClusterParameterGroupDetails {
  return parametersOf(parameterGroupToRead(world, input.DBClusterParameterGroupName ?? ''), input);
}
