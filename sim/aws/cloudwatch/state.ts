import type { Dimension, MetricDataQuery, StandardUnit, StateValue } from '@aws-sdk/client-cloudwatch';
import type { Tags } from '../tag-index.ts';

interface AlarmCommon {
  readonly name: string;
  readonly arn: string;
  description: string | undefined;
  actionsEnabled: boolean;
  okActions: readonly string[];
  alarmActions: readonly string[];
  insufficientDataActions: readonly string[];
  configuredAt: Date;
  state: StateValue;
  stateReason: string;
  stateReasonData: string | undefined;
  stateUpdatedAt: Date;
  /** Not moved by an update that leaves the state as it was. */
  stateChangedAt: Date;
  tags: Tags;
}

/** What a metric alarm watches and how, as PutMetricAlarm gave it. */
export interface MetricAlarmSettings {
  readonly metricName: string | undefined;
  readonly namespace: string | undefined;
  readonly statistic: string | undefined;
  readonly extendedStatistic: string | undefined;
  readonly dimensions: readonly Dimension[];
  /** In seconds. */
  readonly period: number | undefined;
  readonly unit: string | undefined;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number | undefined;
  readonly threshold: number | undefined;
  readonly comparisonOperator: string;
  readonly treatMissingData: string | undefined;
  readonly evaluateLowSampleCountPercentile: string | undefined;
  readonly metrics: readonly MetricDataQuery[];
  readonly thresholdMetricId: string | undefined;
}

export interface MetricAlarm extends AlarmCommon {
  readonly kind: 'metric';
  settings: MetricAlarmSettings;
}

export interface CompositeAlarm extends AlarmCommon {
  readonly kind: 'composite';
  rule: string;
  suppressor: { readonly alarm: string; readonly waitSeconds: number; readonly extensionSeconds: number } | undefined;
}

export type Alarm = MetricAlarm | CompositeAlarm;

export interface HistoryItem {
  readonly alarm: string;
  readonly kind: Alarm['kind'];
  readonly at: Date;
  readonly type: 'ConfigurationUpdate' | 'StateUpdate';
  readonly summary: string;
}

export interface Dashboard {
  readonly name: string;
  readonly arn: string;
  body: string;
  modifiedAt: Date;
  tags: Tags;
}

/** One value, or a set of them that was put together. */
export interface DataPoint {
  readonly at: Date;
  readonly unit: StandardUnit;
  readonly sum: number;
  readonly sampleCount: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly points: DataPoint[];
}

/** Everything CloudWatch holds in this account and Region; dashboards are of the account. */
export interface CloudWatchState {
  /** Both kinds, by name. */
  readonly alarms: Map<string, Alarm>;
  /** Oldest first. */
  readonly history: HistoryItem[];
  readonly dashboards: Map<string, Dashboard>;
  /** By namespace, name and dimensions. */
  readonly metrics: Map<string, Metric>;
}

export function createCloudWatchState(): CloudWatchState {
  return { alarms: new Map(), history: [], dashboards: new Map(), metrics: new Map() };
}
