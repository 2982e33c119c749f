import type {
  Datapoint,
  GetMetricDataInput,
  GetMetricDataOutput,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
  MetricDataQuery,
  MetricDataResult,
  Metric as MetricName,
} from '@aws-sdk/client-cloudwatch';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { DATABASE_NAMESPACE, databasePoints } from './database-metrics.ts';
import { checkQueryList, isPeriod } from './metric-alarm-rules.ts';
import { metricKey } from './metrics.ts';
import type { DataPoint } from './state.ts';
import { validationError } from './validation-error.ts';

const MOST_POINTS = 1440;
const MOST_QUERIES = 500;

/** What a statistic is of the points of one period. Percentiles and trimmed means need every value, which is not kept. */
const statistics: Readonly<Record<string, (points: readonly DataPoint[]) => number>> = {
  SampleCount: (points) => total(points, 'sampleCount'),
  Sum: (points) => total(points, 'sum'),
  Average: (points) => total(points, 'sum') / total(points, 'sampleCount'),
  Minimum: (points) => Math.min(...points.map(({ minimum }) => minimum)),
  Maximum: (points) => Math.max(...points.map(({ maximum }) => maximum)),
};

function total(points: readonly DataPoint[], figure: 'sum' | 'sampleCount'): number {
  return points.reduce((sum, point) => sum + point[figure], 0);
}

interface Range {
  readonly start: Date | undefined;
  readonly end: Date | undefined;
  readonly period: number;
  readonly unit: string | undefined;
}

/** Points by the start of their period, oldest first; periods are counted from the beginning of time. */
function byPeriod(points: readonly DataPoint[], { start, end, period, unit }: Range): [Date, DataPoint[]][] {
  const from = start?.getTime() ?? 0;
  const until = end?.getTime() ?? 0;
  const length = period * 1000;
  const meant = points.filter(
    (point) => point.at.getTime() >= from && point.at.getTime() < until && (unit === undefined || point.unit === unit),
  );
  const groups = Map.groupBy(meant, ({ at }) => Math.floor(at.getTime() / length) * length);
  return [...groups].toSorted(([one], [other]) => one - other).map(([at, group]) => [new Date(at), group]);
}

function checkRange({ StartTime, EndTime }: Pick<GetMetricDataInput, 'StartTime' | 'EndTime'>): void {
  if (StartTime && EndTime && StartTime >= EndTime) {
    throw new Refusal(
      'InvalidParameterCombinationException',
      'The parameter StartTime must be less than the parameter EndTime.',
    );
  }
}

export function getMetricStatistics(world: World, input: GetMetricStatisticsInput): GetMetricStatisticsOutput {
  const { Namespace = '', MetricName = '', Dimensions = [], Period: period = 0, Unit: unit } = input;
  checkRange(input);
  if (!isPeriod(period)) {
    throw new Refusal(
      'InvalidParameterValueException',
      'The parameter Period must be a multiple of 60, or 10, 20, 30.',
    );
  }
  const asked = statisticsIn(input);
  const range = { start: input.StartTime, end: input.EndTime, period, unit };
  const points = pointsOf(world, { Namespace, MetricName, Dimensions }, range);
  const groups = byPeriod(points, range);
  if (groups.length > MOST_POINTS) {
    throw new Refusal(
      'InvalidParameterCombinationException',
      `You have requested up to ${groups.length} datapoints, which exceeds the limit of ${MOST_POINTS}.`,
    );
  }
  return { Label: MetricName, Datapoints: groups.map(([at, group]) => datapoint(at, group, asked)) };
}

function statisticsIn({ Statistics = [], ExtendedStatistics = [] }: GetMetricStatisticsInput): readonly string[] {
  if (ExtendedStatistics.length > 0) {
    throw new Refusal('InvalidParameterValueException', 'The local cloud computes no percentiles.');
  }
  if (Statistics.length === 0) {
    throw new Refusal(
      'MissingRequiredParameterException',
      'At least one of the parameters Statistics and ExtendedStatistics is required.',
    );
  }
  return Statistics;
}

function datapoint(at: Date, group: readonly DataPoint[], asked: readonly string[]): Datapoint {
  const figures = Object.fromEntries(asked.map((name) => [name, statistics[name]?.(group)]));
  return { Timestamp: at, Unit: group[0]?.unit, ...figures };
}

/** Metrics as they were put; expressions and percentiles are refused rather than guessed. */
export function getMetricData(world: World, input: GetMetricDataInput): GetMetricDataOutput {
  const { MetricDataQueries: queries = [] } = input;
  checkRange(input);
  if (queries.length > MOST_QUERIES) {
    throw validationError(`At most ${MOST_QUERIES} metric data queries may be given`);
  }
  checkQueryList(queries);
  const results = queries.map((query) => ({ query, result: resultOf(world, query, input) }));
  return { MetricDataResults: results.filter(({ query }) => query.ReturnData ?? true).map(({ result }) => result) };
}

function resultOf(world: World, query: MetricDataQuery, input: GetMetricDataInput): MetricDataResult {
  const { MetricStat: stat, Id, Label } = query;
  const compute = statistics[stat?.Stat ?? ''];
  if (!stat || !compute) {
    throw validationError(`The local cloud computes neither expressions nor percentiles, which ${Id} asks for`);
  }
  const range = { start: input.StartTime, end: input.EndTime, period: stat.Period ?? 60, unit: stat.Unit };
  const ascending = byPeriod(pointsOf(world, stat.Metric ?? {}, range), range);
  const groups = input.ScanBy === 'TimestampAscending' ? ascending : ascending.toReversed();
  return {
    Id,
    Label: Label ?? stat.Metric?.MetricName,
    Timestamps: groups.map(([at]) => at),
    Values: groups.map(([, group]) => compute(group)),
    StatusCode: 'Complete',
  };
}

/** Those of databases are made up from what the databases are; all others were put. */
function pointsOf(world: World, metric: MetricName, range: Range): readonly DataPoint[] {
  const { Namespace = '', MetricName: name = '', Dimensions: dimensions = [] } = metric;
  return Namespace === DATABASE_NAMESPACE
    ? databasePoints(world, { name, dimensions }, range)
    : (world.cloudwatch.metrics.get(metricKey(Namespace, name, dimensions))?.points ?? []);
}
