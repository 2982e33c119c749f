import type {
  DeleteAlarmsInput,
  DisableAlarmActionsInput,
  EnableAlarmActionsInput,
  SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { alarmNamed, dropAlarm, parentsOf, setState } from './alarm-store.ts';
import { validationError } from './validation-error.ts';

const MOST_NAMES = 100;
const STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

/**
 * Names that are not there are passed over. At most one of them may be a composite alarm, and none may stand in the
 * rule of a composite alarm. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html
 */
export function deleteAlarms(world: World, { AlarmNames = [] }: DeleteAlarmsInput): void {
  refuseTooMany(AlarmNames);
  const alarms = AlarmNames.flatMap((name) => world.cloudwatch.alarms.get(name) ?? []);
  if (alarms.filter(({ kind }) => kind === 'composite').length > 1) {
    throw validationError('At most one composite alarm can be deleted in one request');
  }
  const needed = alarms.filter((alarm) => parentsOf(world, alarm).length > 0).map(({ name }) => name);
  if (needed.length > 0) {
    const them = needed.length === 1 ? 'it' : 'them';
    throw validationError(`Cannot delete ${needed.join(',')} as there are composite alarm(s) depending on ${them}.`);
  }
  for (const alarm of alarms) {
    dropAlarm(world, alarm);
  }
}

function refuseTooMany(names: readonly string[]): void {
  if (names.length < 1 || names.length > MOST_NAMES) {
    throw validationError(`AlarmNames must hold between 1 and ${MOST_NAMES} names`);
  }
}

/** AWS puts a metric alarm back to its own state within seconds; here it stays, since nothing evaluates it. */
export function setAlarmState(world: World, input: SetAlarmStateInput): void {
  const { AlarmName, StateValue = '', StateReason = '', StateReasonData } = input;
  const alarm = alarmNamed(world, AlarmName);
  if (!STATES.includes(StateValue)) {
    throw validationError(`StateValue '${StateValue}' is not one of ${STATES.join(', ')}`);
  }
  if (StateReasonData !== undefined && !isJson(StateReasonData)) {
    throw new Refusal('InvalidFormatFault', 'StateReasonData must be JSON');
  }
  const state = StateValue as NonNullable<SetAlarmStateInput['StateValue']>;
  setState(world, alarm, { state, reason: StateReason, reasonData: StateReasonData });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Names that are not there are passed over: neither operation has an error in the model. */
export function switchActions(
  world: World,
  { AlarmNames = [] }: EnableAlarmActionsInput | DisableAlarmActionsInput,
  enabled: boolean,
): void {
  refuseTooMany(AlarmNames);
  for (const name of AlarmNames) {
    const alarm = world.cloudwatch.alarms.get(name);
    if (alarm) {
      alarm.actionsEnabled = enabled;
    }
  }
}
