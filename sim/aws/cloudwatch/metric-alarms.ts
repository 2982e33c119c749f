import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { World } from '../world.ts';
import { alarmArn, keepAlarm } from './alarm-store.ts';
import { checkMetricAlarm } from './metric-alarm-rules.ts';
import type { Alarm, MetricAlarm, MetricAlarmSettings } from './state.ts';
import { tagsIn } from './tags.ts';
import { validationError } from './validation-error.ts';

/**
 * Replaces the settings of an alarm of that name and keeps its state and tags; "the alarm state is immediately set to
 * INSUFFICIENT_DATA" when it is new, and stays there, since no alarm is evaluated here, until SetAlarmState.
 */
export function putMetricAlarm(world: World, input: PutMetricAlarmInput): void {
  checkMetricAlarm(input);
  const name = input.AlarmName ?? '';
  const existing = world.cloudwatch.alarms.get(name);
  refuseOtherKind(existing, 'metric');
  const tags = tagsIn(input.Tags);
  keepAlarm(world, {
    ...(existing ?? newAlarm(world, name, tags)),
    ...commonSettings(world, input),
    kind: 'metric',
    settings: settingsOf(input),
  } satisfies MetricAlarm);
}

/** Names are shared by both kinds, and an alarm never becomes one of the other. */
export function refuseOtherKind(existing: Alarm | undefined, kind: Alarm['kind']): void {
  if (existing && existing.kind !== kind) {
    throw validationError(`An alarm of another type has the name ${existing.name}`);
  }
}

export function newAlarm(world: World, name: string, tags: Alarm['tags']) {
  const now = world.clock.now();
  return {
    name,
    arn: alarmArn(world, name),
    state: 'INSUFFICIENT_DATA' as const,
    stateReason: 'Unchecked: Initial alarm creation',
    stateReasonData: undefined,
    stateUpdatedAt: now,
    stateChangedAt: now,
    tags,
  };
}

interface CommonInput {
  readonly AlarmDescription?: string | undefined;
  readonly ActionsEnabled?: boolean | undefined;
  readonly OKActions?: readonly string[] | undefined;
  readonly AlarmActions?: readonly string[] | undefined;
  readonly InsufficientDataActions?: readonly string[] | undefined;
}

export function commonSettings({ clock }: World, input: CommonInput) {
  return {
    description: input.AlarmDescription,
    actionsEnabled: input.ActionsEnabled ?? true,
    okActions: input.OKActions ?? [],
    alarmActions: input.AlarmActions ?? [],
    insufficientDataActions: input.InsufficientDataActions ?? [],
    configuredAt: clock.now(),
  };
}

function settingsOf(input: PutMetricAlarmInput): MetricAlarmSettings {
  return {
    metricName: input.MetricName,
    namespace: input.Namespace,
    statistic: input.Statistic,
    extendedStatistic: input.ExtendedStatistic,
    dimensions: input.Dimensions ?? [],
    period: input.Period,
    unit: input.Unit,
    evaluationPeriods: input.EvaluationPeriods ?? 1,
    datapointsToAlarm: input.DatapointsToAlarm,
    threshold: input.Threshold,
    comparisonOperator: input.ComparisonOperator ?? '',
    treatMissingData: input.TreatMissingData,
    evaluateLowSampleCountPercentile: input.EvaluateLowSampleCountPercentile,
    metrics: input.Metrics ?? [],
    thresholdMetricId: input.ThresholdMetricId,
  };
}
