import type { MetricTransformation } from '@aws-sdk/client-cloudwatch-logs';
import type { Tags } from '../tag-index.ts';

export interface LogEvent {
  readonly id: string;
  /** Milliseconds since 1970, as CloudWatch Logs counts. */
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

export interface LogStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  /** Oldest first. */
  readonly events: LogEvent[];
}

/** What would count log events as a metric. */
export interface MetricFilter {
  readonly name: string;
  readonly pattern: string;
  readonly transformations: readonly MetricTransformation[];
  readonly createdAt: number;
}

export interface LogGroup {
  readonly name: string;
  /** Without the `:*` that the older `arn` member carries. */
  readonly arn: string;
  readonly createdAt: number;
  readonly logGroupClass: string;
  kmsKeyId: string | undefined;
  retentionInDays: number | undefined;
  tags: Tags;
  readonly streams: Map<string, LogStream>;
  readonly metricFilters: Map<string, MetricFilter>;
}

/** Everything CloudWatch Logs holds in this account and Region. */
export interface LogsState {
  readonly groups: Map<string, LogGroup>;
}

export function createLogsState(): LogsState {
  return { groups: new Map() };
}
