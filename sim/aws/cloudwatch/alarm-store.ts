import type { StateValue } from '@aws-sdk/client-cloudwatch';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { evaluate, namesIn } from './alarm-rule.ts';
import type { Alarm, CompositeAlarm, HistoryItem } from './state.ts';

export function alarmArn({ region, accountId }: World, name: string): string {
  return `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;
}

/** By name or ARN. */
export function findAlarm({ cloudwatch }: World, nameOrArn: string): Alarm | undefined {
  return cloudwatch.alarms.get(nameOrArn.replace(/^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:/, ''));
}

/** Throws ResourceNotFound. */
export function alarmNamed(world: World, name = ''): Alarm {
  const alarm = findAlarm(world, name);
  if (!alarm) {
    throw new Refusal('ResourceNotFound', `Alarm ${name} does not exist`);
  }
  return alarm;
}

/** The composite alarms whose rule names the alarm. */
export function parentsOf({ cloudwatch }: World, { name, arn }: Alarm): CompositeAlarm[] {
  return [...cloudwatch.alarms.values()].filter(
    (alarm): alarm is CompositeAlarm =>
      alarm.kind === 'composite' && namesIn(alarm.rule).some((named) => named === name || named === arn),
  );
}

/** Puts a new alarm there, or the new settings of one; the tag index hears of the tags. */
export function keepAlarm(world: World, alarm: Alarm): void {
  const isNew = !world.cloudwatch.alarms.has(alarm.name);
  world.cloudwatch.alarms.set(alarm.name, alarm);
  if (isNew) {
    world.tagIndex.put(alarm.arn, alarm.tags);
  }
  const summary = `Alarm "${alarm.name}" ${isNew ? 'created' : 'updated'}`;
  remember(world, alarm, { type: 'ConfigurationUpdate', summary });
}

export function dropAlarm(world: World, { name, arn }: Alarm): void {
  world.cloudwatch.alarms.delete(name);
  world.tagIndex.remove(arn);
}

interface NewState {
  readonly state: StateValue;
  readonly reason: string;
  readonly reasonData?: string | undefined;
}

/** Composite alarms that name the alarm follow. No action is carried out: what alarms call is not called here. */
export function setState(world: World, alarm: Alarm, { state, reason, reasonData }: NewState): void {
  const now = world.clock.now();
  const before = alarm.state;
  alarm.stateReason = reason;
  alarm.stateReasonData = reasonData;
  alarm.stateUpdatedAt = now;
  if (before === state) {
    return;
  }
  alarm.state = state;
  alarm.stateChangedAt = now;
  remember(world, alarm, { type: 'StateUpdate', summary: `Alarm updated from ${before} to ${state}` });
  for (const parent of parentsOf(world, alarm)) {
    reviewComposite(world, parent);
  }
}

/** Gives a composite alarm the state that its rule has now. */
export function reviewComposite(world: World, alarm: CompositeAlarm): void {
  const isTrue = evaluate(alarm.rule, (name) => findAlarm(world, name)?.state);
  const state = isTrue ? 'ALARM' : 'OK';
  setState(world, alarm, { state, reason: `${alarm.rule} is ${isTrue ? 'TRUE' : 'FALSE'}` });
}

function remember(world: World, alarm: Alarm, item: Pick<HistoryItem, 'type' | 'summary'>): void {
  world.cloudwatch.history.push({ alarm: alarm.name, kind: alarm.kind, at: world.clock.now(), ...item });
}
