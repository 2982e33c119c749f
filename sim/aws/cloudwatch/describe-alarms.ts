import type {
  CompositeAlarm as CompositeAlarmView,
  DescribeAlarmHistoryInput,
  DescribeAlarmHistoryOutput,
  DescribeAlarmsForMetricInput,
  DescribeAlarmsForMetricOutput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  MetricAlarm as MetricAlarmView,
} from '@aws-sdk/client-cloudwatch';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { namesIn } from './alarm-rule.ts';
import { findAlarm, parentsOf } from './alarm-store.ts';
import { sameDimensions } from './metrics.ts';
import type { Alarm, CompositeAlarm, MetricAlarm } from './state.ts';
import { validationError } from './validation-error.ts';

const DEFAULT_RECORDS = 50;
const MOST_RECORDS = 100;

const refuseToken = (): never => {
  throw new Refusal('InvalidNextToken', 'The next token specified is invalid.');
};

/** "If you omit [AlarmTypes], only metric alarms are returned, even if composite alarms exist" (API reference). */
export function describeAlarms(world: World, input: DescribeAlarmsInput): DescribeAlarmsOutput {
  const { AlarmNames, AlarmNamePrefix, AlarmTypes = ['MetricAlarm'] } = input;
  if (AlarmNames?.length && AlarmNamePrefix !== undefined) {
    throw new Refusal('InvalidParameterCombinationException', 'AlarmNames and AlarmNamePrefix cannot be used together');
  }
  const found = sorted(world).filter(
    (alarm) =>
      AlarmTypes.includes(alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm') &&
      (!AlarmNames?.length || AlarmNames.includes(alarm.name)) &&
      alarm.name.startsWith(AlarmNamePrefix ?? '') &&
      fitsState(alarm, input) &&
      fitsFamily(world, alarm, input),
  );
  const { items, nextToken } = pageOf(found, { limit: limitIn(input.MaxRecords), token: input.NextToken, refuseToken });
  return {
    MetricAlarms: items.filter((alarm) => alarm.kind === 'metric').map(metricAlarmView),
    CompositeAlarms: items.filter((alarm) => alarm.kind === 'composite').map(compositeAlarmView),
    NextToken: nextToken,
  };
}

function sorted({ cloudwatch }: World): Alarm[] {
  return [...cloudwatch.alarms.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function limitIn(asked = DEFAULT_RECORDS): number {
  if (asked < 1 || asked > MOST_RECORDS) {
    throw validationError(`MaxRecords must be between 1 and ${MOST_RECORDS}`);
  }
  return asked;
}

function fitsState(alarm: Alarm, { StateValue, ActionPrefix }: DescribeAlarmsInput): boolean {
  const actions = [...alarm.alarmActions, ...alarm.okActions, ...alarm.insufficientDataActions];
  return (
    (StateValue === undefined || alarm.state === StateValue) &&
    (ActionPrefix === undefined || actions.some((action) => action.startsWith(ActionPrefix)))
  );
}

function fitsFamily(world: World, alarm: Alarm, { ChildrenOfAlarmName, ParentsOfAlarmName }: DescribeAlarmsInput) {
  const parent = ChildrenOfAlarmName === undefined ? undefined : findAlarm(world, ChildrenOfAlarmName);
  const child = ParentsOfAlarmName === undefined ? undefined : findAlarm(world, ParentsOfAlarmName);
  const isChild = parent?.kind === 'composite' && namesIn(parent.rule).some((name) => findAlarm(world, name) === alarm);
  const isParent = child !== undefined && parentsOf(world, child).some((one) => one === alarm);
  return (ChildrenOfAlarmName === undefined || isChild) && (ParentsOfAlarmName === undefined || isParent);
}

/** Those of the one metric, not those that do arithmetic with it. */
export function describeAlarmsForMetric(
  world: World,
  { MetricName, Namespace, Dimensions = [] }: DescribeAlarmsForMetricInput,
): DescribeAlarmsForMetricOutput {
  const found = sorted(world).filter(
    (alarm): alarm is MetricAlarm =>
      alarm.kind === 'metric' &&
      alarm.settings.metricName === MetricName &&
      alarm.settings.namespace === Namespace &&
      sameDimensions(alarm.settings.dimensions, Dimensions),
  );
  return { MetricAlarms: found.map(metricAlarmView) };
}

/** Newest first, as without ScanBy. */
export function describeAlarmHistory(world: World, input: DescribeAlarmHistoryInput): DescribeAlarmHistoryOutput {
  const { AlarmName, AlarmTypes = ['MetricAlarm'], HistoryItemType, StartDate, EndDate } = input;
  const found = world.cloudwatch.history.filter(
    ({ alarm, kind, type, at }) =>
      (AlarmName === undefined || alarm === AlarmName) &&
      AlarmTypes.includes(kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm') &&
      (HistoryItemType === undefined || type === HistoryItemType) &&
      (StartDate === undefined || at >= StartDate) &&
      (EndDate === undefined || at <= EndDate),
  );
  const ordered = input.ScanBy === 'TimestampAscending' ? found : found.toReversed();
  const page = { limit: limitIn(input.MaxRecords), token: input.NextToken, refuseToken };
  const { items, nextToken } = pageOf(ordered, page);
  return {
    AlarmHistoryItems: items.map(({ alarm, kind, at, type, summary }) => ({
      AlarmName: alarm,
      AlarmType: kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm',
      Timestamp: at,
      HistoryItemType: type,
      HistorySummary: summary,
    })),
    NextToken: nextToken,
  };
}

function commonView(alarm: Alarm) {
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.description,
    AlarmConfigurationUpdatedTimestamp: alarm.configuredAt,
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [...alarm.okActions],
    AlarmActions: [...alarm.alarmActions],
    InsufficientDataActions: [...alarm.insufficientDataActions],
    StateValue: alarm.state,
    StateReason: alarm.stateReason,
    StateReasonData: alarm.stateReasonData,
    StateUpdatedTimestamp: alarm.stateUpdatedAt,
    StateTransitionedTimestamp: alarm.stateChangedAt,
  };
}

function metricAlarmView(alarm: MetricAlarm): MetricAlarmView {
  const { settings } = alarm;
  return {
    ...commonView(alarm),
    MetricName: settings.metricName,
    Namespace: settings.namespace,
    Statistic: settings.statistic as MetricAlarmView['Statistic'],
    ExtendedStatistic: settings.extendedStatistic,
    Dimensions: [...settings.dimensions],
    Period: settings.period,
    Unit: settings.unit as MetricAlarmView['Unit'],
    EvaluationPeriods: settings.evaluationPeriods,
    DatapointsToAlarm: settings.datapointsToAlarm,
    Threshold: settings.threshold,
    ComparisonOperator: settings.comparisonOperator as MetricAlarmView['ComparisonOperator'],
    TreatMissingData: settings.treatMissingData,
    EvaluateLowSampleCountPercentile: settings.evaluateLowSampleCountPercentile,
    Metrics: settings.metrics.length > 0 ? [...settings.metrics] : undefined,
    ThresholdMetricId: settings.thresholdMetricId,
  };
}

function compositeAlarmView(alarm: CompositeAlarm): CompositeAlarmView {
  return {
    ...commonView(alarm),
    AlarmRule: alarm.rule,
    ActionsSuppressor: alarm.suppressor?.alarm,
    ActionsSuppressorWaitPeriod: alarm.suppressor?.waitSeconds,
    ActionsSuppressorExtensionPeriod: alarm.suppressor?.extensionSeconds,
  };
}
