import type { PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { World } from '../world.ts';
import { checkRule, namesIn } from './alarm-rule.ts';
import { findAlarm, keepAlarm, reviewComposite } from './alarm-store.ts';
import { checkActions, checkAlarmName } from './metric-alarm-rules.ts';
import { commonSettings, newAlarm, refuseOtherKind } from './metric-alarms.ts';
import type { CompositeAlarm } from './state.ts';
import { tagsIn } from './tags.ts';
import { validationError } from './validation-error.ts';

/** Its state follows from its rule at once, and from then on whenever an alarm of the rule changes. */
export function putCompositeAlarm(world: World, input: PutCompositeAlarmInput): void {
  const { AlarmName: name = '', AlarmRule: rule = '' } = input;
  checkAlarmName(name);
  checkActions(input);
  checkRule(rule);
  refuseUnknownAlarms(world, name, rule);
  const existing = world.cloudwatch.alarms.get(name);
  refuseOtherKind(existing, 'composite');
  const alarm: CompositeAlarm = {
    ...(existing ?? newAlarm(world, name, tagsIn(input.Tags))),
    ...commonSettings(world, input),
    kind: 'composite',
    rule,
    suppressor: suppressorIn(world, input),
  };
  keepAlarm(world, alarm);
  reviewComposite(world, alarm);
}

function refuseUnknownAlarms(world: World, own: string, rule: string): void {
  const unknown = namesIn(rule).filter((name) => name === own || !findAlarm(world, name));
  if (unknown.length > 0) {
    throw validationError(
      `Could not save the composite alarm as alarms [${unknown.join(', ')}] in the alarm rule do not exist`,
    );
  }
}

/** "WaitPeriod is required only when ActionsSuppressor is specified", and so is ExtensionPeriod. */
function suppressorIn(world: World, input: PutCompositeAlarmInput): CompositeAlarm['suppressor'] {
  const { ActionsSuppressor: alarm, ActionsSuppressorWaitPeriod, ActionsSuppressorExtensionPeriod } = input;
  const periods = [ActionsSuppressorWaitPeriod, ActionsSuppressorExtensionPeriod];
  if (periods.some((period) => (period === undefined) !== (alarm === undefined))) {
    throw validationError('ActionsSuppressor, its wait period and its extension period go together');
  }
  if (alarm === undefined) {
    return undefined;
  }
  if (!findAlarm(world, alarm)) {
    throw validationError(`The suppressor alarm ${alarm} does not exist`);
  }
  const [waitSeconds = 0, extensionSeconds = 0] = periods;
  return { alarm, waitSeconds, extensionSeconds };
}
