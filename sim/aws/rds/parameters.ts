import type {
  DBClusterParameterGroupDetails,
  DBClusterParameterGroupNameMessage,
  DescribeDBClusterParametersMessage,
  ModifyDBClusterParameterGroupMessage,
  Parameter,
  ResetDBClusterParameterGroupMessage,
} from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { newIdentifier } from './identifiers.ts';
import { recordsOf } from './paging.ts';
import { parameterGroupToRead } from './parameter-groups.ts';
import type { ClusterParameter, ClusterParameterGroup } from './state.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBClusterParameterGroup.html */
const MOST_AT_ONCE = 20;

/** Names and values are not checked against the engine's: the local cloud has no list of them. */
export function modifyParameterGroup(
  world: World,
  input: ModifyDBClusterParameterGroupMessage,
): DBClusterParameterGroupNameMessage {
  const group = changeable(world, input.DBClusterParameterGroupName);
  const changes = (input.Parameters ?? []).map((parameter) => ({ ...named(parameter), value: valueOf(parameter) }));
  refuseTooMany(changes);
  for (const change of changes) {
    group.parameters.set(change.name, change);
  }
  return { DBClusterParameterGroupName: group.name };
}

/** Back to the engine's defaults: the parameters named, or all of them. */
export function resetParameterGroup(
  world: World,
  input: ResetDBClusterParameterGroupMessage,
): DBClusterParameterGroupNameMessage {
  const group = changeable(world, input.DBClusterParameterGroupName);
  const { Parameters = [], ResetAllParameters = false } = input;
  if (ResetAllParameters === Parameters.length > 0) {
    throw new Refusal(
      'InvalidParameterCombination',
      'Either the parameters to reset or ResetAllParameters must be specified, and not both.',
    );
  }
  const names = ResetAllParameters ? [...group.parameters.keys()] : Parameters.map((one) => named(one).name);
  for (const name of names) {
    group.parameters.delete(name);
  }
  return { DBClusterParameterGroupName: group.name };
}

/** A default group has a dot in its name, which no identifier may have, and so nobody can change it. */
function changeable(world: World, name = ''): ClusterParameterGroup {
  return parameterGroupToRead(world, newIdentifier('DBClusterParameterGroupName', name));
}

function named({ ParameterName, ApplyMethod = 'pending-reboot' }: Parameter): Omit<ClusterParameter, 'value'> {
  if (ParameterName === undefined) {
    throw new Refusal('InvalidParameterValue', 'The parameter ParameterName must be provided and must not be blank.');
  }
  return { name: ParameterName, applyMethod: ApplyMethod };
}

function valueOf({ ParameterName, ParameterValue }: Parameter): string {
  if (ParameterValue === undefined) {
    throw new Refusal('InvalidParameterValue', `A value for the parameter ${ParameterName} must be provided.`);
  }
  return ParameterValue;
}

function refuseTooMany(changes: readonly unknown[]): void {
  if (changes.length === 0 || changes.length > MOST_AT_ONCE) {
    throw new Refusal(
      'InvalidParameterValue',
      `Between 1 and ${MOST_AT_ONCE} parameters can be modified in a single request, not ${changes.length}.`,
    );
  }
}

/** Only what somebody set, whose source is `user`: the engine's own values are not known here. */
export function describeParameters(
  world: World,
  input: DescribeDBClusterParametersMessage,
): DBClusterParameterGroupDetails {
  const group = parameterGroupToRead(world, input.DBClusterParameterGroupName ?? '');
  const isAsked = input.Source === undefined || input.Source === 'user';
  const { items, Marker } = recordsOf(isAsked ? [...group.parameters.values()] : [], input, ({ name }) => name);
  return {
    Parameters: items.map(({ name, value, applyMethod }) => ({
      ParameterName: name,
      ParameterValue: value,
      ApplyMethod: applyMethod,
      Source: 'user',
      IsModifiable: true,
    })),
    Marker,
  };
}
