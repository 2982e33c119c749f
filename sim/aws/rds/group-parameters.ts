import type { Parameter } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import { recordsOf } from './paging.ts';
import type { GroupParameter, ParameterGroup } from './state.ts';

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBClusterParameterGroup.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBParameterGroup.html
 */
const MOST_AT_ONCE = 20;

/** Names and values are not checked against the engine's: the local cloud has no list of them. */
export function setParameters(group: ParameterGroup, parameters: readonly Parameter[] = []): void {
  const changes = parameters.map((parameter) => ({ ...named(parameter), value: valueOf(parameter) }));
  refuseTooMany(changes);
  for (const change of changes) {
    group.parameters.set(change.name, change);
  }
}

/** Back to the engine's defaults: the parameters named, or all of them. */
export function resetParameters(
  group: ParameterGroup,
  {
    Parameters = [],
    ResetAllParameters = false,
  }: { Parameters?: readonly Parameter[] | undefined; ResetAllParameters?: boolean | undefined },
): void {
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
}

/** Only what somebody set, whose source is `user`: the engine's own values are not known here. */
export function parametersOf(
  group: ParameterGroup,
  input: { Source?: string | undefined; MaxRecords?: number | undefined; Marker?: string | undefined },
): { Parameters: Parameter[]; Marker: string | undefined } {
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

function named({ ParameterName, ApplyMethod = 'pending-reboot' }: Parameter): Omit<GroupParameter, 'value'> {
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
